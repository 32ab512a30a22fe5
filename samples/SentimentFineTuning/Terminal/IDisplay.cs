using SentimentFineTuning.Training;

namespace SentimentFineTuning.Terminal;

/// <summary>What the program shows while it works.</summary>
internal interface IDisplay
{
    /// <summary>Shows a line of text.</summary>
    void Say(string line);

    /// <summary>Shows how work advances.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="total">How much there is to do.</param>
    /// <param name="unit">In what that is counted.</param>
    /// <param name="work">Does it.</param>
    Task<T> TrackAsync<T>(string title, long total, ProgressUnit unit, Func<IProgressReport, Task<T>> work);

    /// <summary>Shows what came out.</summary>
    void ShowResults(IReadOnlyList<MethodResult> results);
}

/// <summary>In what progress is counted.</summary>
internal enum ProgressUnit
{
    /// <summary>Pieces of work: steps, reviews.</summary>
    Count,

    /// <summary>Bytes.</summary>
    Bytes,
}
