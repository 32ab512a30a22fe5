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
    private readonly TensorList _masksOfWeights = new();
    private readonly TensorList _masksOfBiases = new();

    public override double Measure(ParameterSet set, Tensor loss, double[] norms, double[] lengths)
    {
        var adaptive = includeBiases ? set.Values : set.Weights;
        var value = MultiTensorProgram.AdaptiveNorms(set.Values, adaptive, eta, loss, norms);
        var next = set.Trained.Length;
        for (var index = 0; index < set.Trained.Length; index++)
        {
            var length = IsAdaptive(set.Trained[index]) ? norms[next++] : norms[index];
            lengths[index] = norms[index] == MultiTensorProgram.NoGradient ? MultiTensorProgram.NoGradient : length;
        }

        return value;
    }

    protected override void Move(ParameterSet set, TensorList? masks, double scale)
    {
        if (includeBiases)
        {
            MultiTensorProgram.PerturbAdaptively(set.Values, masks, eta, scale);
            return;
        }

        MultiTensorProgram.PerturbAdaptively(set.Weights, MasksWhere(set, masks, isBias: false, _masksOfWeights), eta, scale);
        MultiTensorProgram.Perturb(set.Biases, MasksWhere(set, masks, isBias: true, _masksOfBiases), scale);
    }

    private bool IsAdaptive(TrainedParameter trained) => includeBiases || !trained.IsBias;

    private static TensorList? MasksWhere(ParameterSet set, TensorList? masks, bool isBias, TensorList part)
    {
        if (masks is null)
        {
            return null;
        }

        part.Clear();
        for (var index = 0; index < masks.Count; index++)
        {
            if (set.Trained[index].IsBias == isBias)
            {
                part.Add(masks.Items[index]);
            }
        }

        part.Close();
        return part;
    }
}
