using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>Applies an update rule to parameters and keeps its state for them: made when a parameter is first updated, so that a layer that was never active costs nothing.</summary>
internal abstract class Updater : IDisposable
{
    /// <summary>Updates parameters that all have a gradient. Called under <c>no_grad</c>.</summary>
    public abstract void Update(ReadOnlySpan<TrainedParameter> parameters);

    /// <summary>Drops the state of one parameter, which starts anew when it is updated again.</summary>
    public abstract void Forget(TrainedParameter parameter);

    /// <summary>Describes the state.</summary>
    public abstract void DescribeState(StateDescription state, IReadOnlyList<TrainedParameter> parameters);

    /// <summary>Frees the state.</summary>
    public abstract void Dispose();

    /// <summary>A state tensor like what is updated, of zeros, that outlives the step's scope.</summary>
    protected static Tensor ZerosLike(Tensor value) => zeros_like(value).DetachFromDisposeScope();
}
