using static TorchSharp.torch;

namespace SlSam;

/// <summary>A point of the run's random numbers to which <see cref="RandomReplay"/> returns.</summary>
/// <param name="State">The state of the CPU's generator.</param>
/// <param name="Seed">What a GPU's generator is started from.</param>
internal readonly record struct RandomMark(Tensor State, long Seed)
{
    /// <summary>Keeps the mark when the scope ends in which it was made.</summary>
    public RandomMark MoveToOuterDisposeScope() => this with { State = State.MoveToOuterDisposeScope() };
}
