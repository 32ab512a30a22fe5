using static TorchSharp.torch;

namespace SlSam;

/// <summary>What <see cref="PerturbableTensors"/> means for a tensor.</summary>
internal static class PerturbableTensorsExtensions
{
    public static bool Includes(this PerturbableTensors perturbable, Tensor parameter) =>
        perturbable == PerturbableTensors.All || parameter.dim() > 1;
}
