using SlSam.Experiments.Costs;

namespace SlSam.Experiments.Records;

/// <summary>What a method's step takes in time.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Fingerprint">A hash of everything that it depends on, but for the machine.</param>
/// <param name="ToAdamW">Its time in AdamW steps.</param>
/// <param name="ToLora">Its time in LoRA's steps; null where it has no adapters.</param>
/// <param name="AdamWSeconds">The mean time of an AdamW step.</param>
/// <param name="PreparationSeconds">The time before the first step: making the model, and estimating salience where the method does.</param>
internal sealed record TimeRecord(
    string Method, string Fingerprint, PairedRatio ToAdamW, PairedRatio? ToLora, double AdamWSeconds, double PreparationSeconds)
{
    /// <summary>The name of the file with this record.</summary>
    public static string FileName(string method, string fingerprint) => $"time.{method}.{fingerprint}.json";
}
