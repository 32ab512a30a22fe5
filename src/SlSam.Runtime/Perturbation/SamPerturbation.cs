namespace SlSam;

/// <summary>
/// SAM's ascent (Foret et al., equation 2): w + rho g / ||g|| over the perturbed parameters, where ||g|| is the norm over all of them together.
/// </summary>
internal sealed class SamPerturbation(double rho) : Perturbation(rho)
{
    protected override void Move(ParameterSet set, TensorList? masks, double scale) => MultiTensorProgram.Perturb(set.Values, masks, scale);
}
