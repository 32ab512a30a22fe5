namespace SlSam;

/// <summary>
/// Marks a partial class that derives from <c>torch.nn.Module</c>: SlSam writes its layer table, its component
/// registration, its staged forward pass and an optimizer for it.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SamModelAttribute : Attribute
{
    /// <summary>The name of the generated optimizer class; the default is the model's name followed by <c>SlSam</c>.</summary>
    public string? OptimizerName { get; set; }
}
