using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// SAM's ascent (Foret et al., equation 2): w + rho g / ||g|| over the active arms, where ||g|| is the norm over all of them together.
/// </summary>
internal sealed class SamPerturbation(double rho)
{
    /// <summary>Keeps the division finite where the gradient vanishes, as in the released code.</summary>
    private const double SmallestNorm = 1e-12;

    /// <summary>Perturbs parameters by their gradients. Called under <c>no_grad</c>.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradientNorm">The L2 norm of all their gradients together.</param>
    public void Ascend(Tensor[] parameters, double gradientNorm) =>
        MultiTensorProgram.Perturb(parameters, rho / (gradientNorm + SmallestNorm));
}
