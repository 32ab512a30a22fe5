using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// ASAM's ascent (Kwon et al., ICML 2021, equation 8): w + rho T^2 g / ||T g||, where T = |w| + eta, entry by entry, so that the neighbourhood scales with
/// the weights.
/// </summary>
/// <param name="rho">The radius.</param>
/// <param name="eta">eta.</param>
/// <param name="includeBiases">Whether T is |w| + eta for biases too; otherwise it is 1 for them, as in the released code.</param>
internal sealed class AdaptivePerturbation(double rho, double eta, bool includeBiases) : Perturbation(rho)
{
    public override double Measure(ParameterSet set, Tensor loss, double[] norms, double[] lengths)
    {
        var adaptive = includeBiases ? set.Values : set.Weights;
        var value = set.Measure(norms, (values, read) => MultiTensorProgram.AdaptiveNorms(values, adaptive, eta, loss, read));
        var next = set.Trained.Length;
        for (var index = 0; index < set.Trained.Length; index++)
        {
            var length = IsAdaptive(set.Trained[index]) ? norms[next++] : norms[index];
            lengths[index] = norms[index] == MultiTensorProgram.NoGradient ? MultiTensorProgram.NoGradient : length;
        }

        return value;
    }

    protected override void Move(ParameterSet set, Tensor[] masks, double scale)
    {
        if (includeBiases)
        {
            MultiTensorProgram.PerturbAdaptively(set.Values, masks, eta, scale);
            return;
        }

        MultiTensorProgram.PerturbAdaptively(set.Weights, MasksWhere(set, masks, isBias: false), eta, scale);
        MultiTensorProgram.Perturb(set.Biases, MasksWhere(set, masks, isBias: true), scale);
    }

    private bool IsAdaptive(TrainedParameter trained) => includeBiases || !trained.IsBias;

    private static Tensor[] MasksWhere(ParameterSet set, Tensor[] masks, bool isBias) =>
        masks.Length == 0 ? masks : [.. masks.Where((_, index) => set.Trained[index].IsBias == isBias)];
}
