using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SlSam.Experiments.Data;
using SlSam.Experiments.Methods;

namespace SlSam.Experiments.Records;

/// <summary>What identifies a run: where any of it changes, the run is another one.</summary>
/// <param name="DataSet">The data set's name.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Rate">The peak learning rate of the encoder.</param>
/// <param name="Fingerprint">A hash of everything else that the outcome depends on.</param>
internal sealed record RunKey(string DataSet, string Method, int Seed, double Rate, string Fingerprint)
{
    /// <summary>Rises when what a run does changes without a change of its settings.</summary>
    private const int Format = 1;

    /// <summary>The name of the file with the run's record.</summary>
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"{DataSet}.{Method}.seed{Seed}.rate{Rate:0.#######}.{Fingerprint}.json");

    /// <summary>The key of a run.</summary>
    public static RunKey Of(DataSet data, Method method, int seed, double rate, ExperimentSettings settings)
    {
        var checkpoint = data.Checkpoint.Configuration;
        object?[] all =
        [
            Format, data.Source.Asset, data.TrainingTexts, data.Validation.Count, data.Test.Count, checkpoint,
            method.Settings, method.ClassifierFactor,
            settings.Steps, settings.BatchSize, settings.SequenceLength, settings.WarmupShare, settings.WeightDecay,
        ];
        string text = string.Join('|', all.Select(each => Convert.ToString(each, CultureInfo.InvariantCulture)));
        return new RunKey(data.Source.Name, method.Name, seed, rate, Hash(text));
    }

    /// <summary>The first half of a SHA-256, enough to tell configurations apart.</summary>
    public static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12].ToLowerInvariant();
}
