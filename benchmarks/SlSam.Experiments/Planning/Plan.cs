using SlSam.Experiments.Costs;
using SlSam.Experiments.Data;
using SlSam.Experiments.Methods;
using SlSam.Experiments.Records;

namespace SlSam.Experiments.Planning;

/// <summary>All runs of an experiment, those that are done and those that are not, and how long the latter will take.</summary>
internal sealed class Plan
{
    private readonly ExperimentSettings _settings;
    private readonly RecordFolder _records;

    public Plan(IReadOnlyList<DataSet> data, IReadOnlyList<Method> methods, ExperimentSettings settings, RecordFolder records)
    {
        _settings = settings;
        _records = records;
        Data = data;
        Methods = methods;
        Runs = [.. data.SelectMany(set => methods.Select(method => new PlannedMethod(set, method, settings, records)))];
    }

    /// <summary>The data sets.</summary>
    public IReadOnlyList<DataSet> Data { get; }

    /// <summary>The methods.</summary>
    public IReadOnlyList<Method> Methods { get; }

    /// <summary>Each method on each data set, in the order in which they are run.</summary>
    public IReadOnlyList<PlannedMethod> Runs { get; }

    /// <summary>How many runs there are in all.</summary>
    public int Total => Runs.Count * (_settings.Rates + _settings.Seeds.Count - 1);

    /// <summary>How many of them are still to be done.</summary>
    public int Pending => Runs.Sum(run => run.Pending);

    /// <summary>The methods whose memory is still to be measured.</summary>
    public IReadOnlyList<Method> PendingMemory =>
        PeakMemory.IsSupported ? [.. Methods.Where(method => _records.FindMemory(method.Name, PeakMemory.Fingerprint(method, _settings)) is null)] : [];

    /// <summary>The methods whose step time is still to be measured.</summary>
    public IReadOnlyList<Method> PendingTimes =>
        [.. Methods.Where(method => _records.FindTime(method.Name, StepTime.Fingerprint(method, _settings)) is null)];

    /// <summary>How long steps take, by what has been run so far.</summary>
    public StepCosts Costs => new(_settings, _records);

    /// <summary>How long what is still to be done will take.</summary>
    public TimeSpan TimeLeft
    {
        get
        {
            var costs = Costs;
            return TimeSpan.FromSeconds(
                Runs.Sum(run => run.Pending * costs.RunSeconds(run.Method))
                + PendingMemory.Sum(method => StepCosts.StartSeconds + _settings.MemorySteps * costs.StepSeconds(method))
                + PendingTimes.Sum(method => StepCosts.StartSeconds + StepTime.Steps(method, _settings) * costs.AdamWSeconds));
        }
    }
}
