namespace SlSam;

/// <summary>
/// Marks a method <c>Tensor M(Tensor)</c>, or <c>Tensor M(Tensor, further inputs of the model)</c>, as a stage of the forward pass that is
/// not a module: pooling, masking, reshaping. The last stage may return any type that the model's <c>forward</c> returns.
/// </summary>
/// <param name="stage">The position in the forward pass, counted from 0 over all members with a stage.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SamStageAttribute(int stage) : Attribute
{
    /// <summary>The position in the forward pass, counted from 0 over all members with a stage.</summary>
    public int Stage { get; } = stage;
}
