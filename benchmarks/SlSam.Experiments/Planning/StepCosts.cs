using SlSam.Experiments.Methods;
using SlSam.Experiments.Records;

namespace SlSam.Experiments.Planning;

/// <summary>How long steps take: as in the runs that are there, else as on the machine that the program was written on.</summary>
internal sealed class StepCosts
{
    /// <summary>Seconds for a program to start and load the encoder.</summary>
    public const double StartSeconds = 4;

    /// <summary>Seconds of an AdamW step for a token, on 2 cores.</summary>
    private const double SecondsPerToken = 0.59 / (16 * 64);

    /// <summary>What a forward pass takes of a step.</summary>
    private const double ForwardShare = 0.3;

    private readonly ExperimentSettings _settings;
    private readonly Dictionary<string, double> _measured;

    public StepCosts(ExperimentSettings settings, RecordFolder records)
    {
        _settings = settings;
        _measured = records.AllRuns().GroupBy(run => run.Key.Method).ToDictionary(some => some.Key, some => some.Average(run => run.StepSeconds));
        double[] adamW = [.. MethodTable.All.Where(method => _measured.ContainsKey(method.Name)).Select(method => _measured[method.Name] / method.Cost)];
        AdamWSeconds = adamW.Length > 0 ? adamW.Average() : SecondsPerToken * settings.BatchSize * settings.SequenceLength;
    }

    /// <summary>Seconds of an AdamW step.</summary>
    public double AdamWSeconds { get; }

    /// <summary>Seconds of a step of a method.</summary>
    public double StepSeconds(Method method) => _measured.GetValueOrDefault(method.Name, AdamWSeconds * method.Cost);

    /// <summary>Seconds of a run of a method, with the AdamW steps beside and the evaluation.</summary>
    public double RunSeconds(Method method)
    {
        double texts = _settings.TestTexts + (double)_settings.ValidationTexts / (_settings.Rates + _settings.Seeds.Count - 1) * _settings.Rates;
        return _settings.Steps * StepSeconds(method) + texts / _settings.BatchSize * ForwardShare * AdamWSeconds + 1;
    }
}
