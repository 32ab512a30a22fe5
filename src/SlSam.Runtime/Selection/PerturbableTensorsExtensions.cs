namespace SlSam;

/// <summary>What <see cref="PerturbableTensors"/> means for a tensor of some number of dimensions.</summary>
internal static class PerturbableTensorsExtensions
{
    public static bool Includes(this PerturbableTensors perturbable, long dimensions) => perturbable == PerturbableTensors.All || dimensions > 1;
}
