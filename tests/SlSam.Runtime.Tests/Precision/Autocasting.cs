using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Precision;

internal static class Autocasting
{
    /// <summary>Skips a test where there is no autocast: TorchSharp's packages bring no native library of ours.</summary>
    public static void Require() =>
        Skip.IfNot(AutocastScope.IsAvailable(AutocastType.BFloat16, CPU), "The native library slsam_torch is not there, or this libtorch computes no bfloat16.");
}
