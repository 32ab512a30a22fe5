namespace SlSam.Experiments.Records;

/// <summary>What training by a method takes in memory.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Fingerprint">A hash of everything that it depends on.</param>
/// <param name="PeakBytes">The most that model, gradients, optimizer and activations took at once.</param>
internal sealed record MemoryRecord(string Method, string Fingerprint, long PeakBytes)
{
    /// <summary>The name of the file with this record.</summary>
    public static string FileName(string method, string fingerprint) => $"memory.{method}.{fingerprint}.json";
}
