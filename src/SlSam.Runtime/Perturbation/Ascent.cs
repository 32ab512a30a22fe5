using static TorchSharp.torch;

namespace SlSam;

/// <summary>The perturbation of one optimizer: its direction, over what its radius is measured, and which entries it moves.</summary>
internal sealed class Ascent(SharpnessOptions options, int parameterCount) : IDisposable
{
    private readonly Perturbation _perturbation = options.Adaptive is { } adaptive
        ? new AdaptivePerturbation(options.Rho, adaptive.Eta, adaptive.IncludeBiases)
        : new SamPerturbation(options.Rho);

    private readonly ElementMask? _mask = options.ElementMask is { } mask ? new ElementMask(mask.Density, mask.Interval, parameterCount) : null;

    /// <summary>Reads the first pass's norms and the loss. Called under <c>no_grad</c>.</summary>
    public double Measure(ParameterSet set, Tensor loss, StepNorms norms) => _perturbation.Measure(set, loss, norms.Gradients, norms.Lengths);

    /// <summary>Perturbs the weights. Called under <c>no_grad</c>.</summary>
    public void Perturb(ActiveSet active, StepNorms norms) =>
        _perturbation.Ascend(active.Perturbed, _mask?.MasksFor(active.Perturbed), norms.Length(active, options.Norm));

    /// <summary>Keeps what the step has found out for later ones, since it has happened.</summary>
    public void Keep(ActiveSet active, StepNorms norms)
    {
        norms.RememberLengths(active.Measured);
        if (active.SharpnessAware && active.Perturbed.Trained.Length > 0)
        {
            _mask?.Keep();
        }
    }

    /// <summary>Drops what is known about the entries of a parameter.</summary>
    public void Forget(TrainedParameter trained) => _mask?.Forget(trained);

    /// <summary>Describes what steps have kept for later ones.</summary>
    public void DescribeState(StateDescription state, IReadOnlyList<TrainedParameter> parameters) => _mask?.DescribeState(state, parameters);

    public void Dispose() => _mask?.Dispose();
}
