using static TorchSharp.torch;

namespace SlSam;

/// <summary>How far and in which direction a step moves the weights before its second pass. Every method is called under <c>no_grad</c>.</summary>
/// <param name="rho">The radius of the neighbourhood.</param>
internal abstract class Perturbation(double rho)
{
    /// <summary>Keeps the division finite where the gradient vanishes, as in the released code. In float64, whatever the weights are.</summary>
    private const double SmallestNorm = 1e-12;

    /// <summary>Reads what the first pass's gradients are, in one transfer to the host.</summary>
    /// <param name="set">The parameters of the first pass.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="norms">Set to the L2 norm of each gradient, <see cref="MultiTensorProgram.NoGradient"/> where there is none.</param>
    /// <param name="lengths">Set to the lengths that together divide the radius; those of the gradients, or of what the method makes of them.</param>
    /// <returns>The loss.</returns>
    public virtual double Measure(ParameterSet set, Tensor loss, double[] norms, double[] lengths)
    {
        var value = MultiTensorProgram.GradientNorms(set.Values, loss, norms);
        norms.AsSpan(0, set.Trained.Length).CopyTo(lengths);
        return value;
    }

    /// <summary>Moves the weights.</summary>
    /// <param name="set">The parameters to perturb.</param>
    /// <param name="masks">For each of them the entries that move; null where all do.</param>
    /// <param name="length">The length that divides the radius.</param>
    public void Ascend(ParameterSet set, TensorList? masks, double length)
    {
        // A gradient of 0 is no direction; dividing by the smallest norm would only ask half precision for a factor that it does not have.
        Move(set, masks, length == 0 ? 0 : rho / (length + SmallestNorm));
        set.Scatter();
    }

    /// <summary>Moves the values by <paramref name="scale"/> times the direction.</summary>
    protected abstract void Move(ParameterSet set, TensorList? masks, double scale);
}
