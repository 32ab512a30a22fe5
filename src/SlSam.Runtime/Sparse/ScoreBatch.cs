using static TorchSharp.torch;

namespace SlSam;

/// <summary>One batch from which salience is estimated.</summary>
/// <remarks>
/// The closure runs the forward pass, without <c>backward</c>. It returns the mean loss of the batch or the losses of its examples, a vector of length
/// <see cref="Examples"/>; for <see cref="SalienceMetric.SynFlow"/> the model's outputs for an input of ones. Tensors that it makes are disposed after it.
/// </remarks>
public sealed record ScoreBatch
{
    /// <summary>Describes a batch.</summary>
    /// <param name="examples">How many examples it has, at least 1: the first dimension of the model's input.</param>
    /// <param name="loss">Runs the forward pass and returns the loss.</param>
    /// <exception cref="ArgumentNullException"><paramref name="loss"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="examples"/> is less than 1.</exception>
    public ScoreBatch(long examples, Func<Tensor> loss)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(examples, 1);
        ArgumentNullException.ThrowIfNull(loss);
        Examples = examples;
        Loss = loss;
    }

    /// <summary>How many examples the batch has.</summary>
    public long Examples { get; }

    /// <summary>Runs the forward pass and returns the loss.</summary>
    public Func<Tensor> Loss { get; }
}
