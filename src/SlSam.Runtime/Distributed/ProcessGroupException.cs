namespace SlSam;

/// <summary>
/// What several processes do together did not happen: one of them has ended, is not answering, works on something else, or has failed in its own part.
/// A step that it ends leaves the model exactly as it was before. <see cref="ProcessGroup.IsBroken"/> tells whether the group can be used on.
/// </summary>
public sealed class ProcessGroupException : InvalidOperationException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened, and to which rank.</param>
    public ProcessGroupException(string message)
        : base(message)
    {
    }
}
