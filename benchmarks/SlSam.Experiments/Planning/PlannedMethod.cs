using SlSam.Experiments.Data;
using SlSam.Experiments.Methods;
using SlSam.Experiments.Records;

namespace SlSam.Experiments.Planning;

/// <summary>A method on a data set, and what of it has been run.</summary>
internal sealed record PlannedMethod(DataSet Data, Method Method, ExperimentSettings Settings, RecordFolder Records)
{
    /// <summary>The learning rates that are tried, each with the record of its run if there is one.</summary>
    public IReadOnlyList<(double Rate, RunRecord? Record)> Tried =>
        [.. Method.RatesTried(Settings.Rates).Select(rate => (rate, Find(Settings.TuningSeed, rate)))];

    /// <summary>The learning rate that is best on the validation texts; null while one has not been tried.</summary>
    /// <remarks>By accuracy, then by loss: the smaller loss tells models apart that are right equally often.</remarks>
    public double? ChosenRate => Tried.All(tried => tried.Record is not null)
        ? Tried.OrderByDescending(tried => tried.Record!.ValidationAccuracy).ThenBy(tried => Rank(tried.Record!.ValidationLoss)).First().Rate
        : null;

    /// <summary>The runs of the final figures, one for each seed; null for those that are still to be done.</summary>
    public IReadOnlyList<RunRecord?> Final =>
        ChosenRate is { } rate ? [.. Settings.Seeds.Select(seed => Find(seed, rate))] : [.. Settings.Seeds.Select(_ => (RunRecord?)null)];

    /// <summary>The next run that is to be done, or null if all are.</summary>
    public (int Seed, double Rate)? Next
    {
        get
        {
            foreach (var (rate, record) in Tried)
                if (record is null)
                    return (Settings.TuningSeed, rate);
            double chosen = ChosenRate!.Value;
            foreach (int seed in Settings.Seeds)
                if (Find(seed, chosen) is null)
                    return (seed, chosen);
            return null;
        }
    }

    /// <summary>How many runs are still to be done.</summary>
    public int Pending
    {
        get
        {
            int untried = Tried.Count(tried => tried.Record is null);
            int others = Settings.Seeds.Count - 1;
            return untried + (ChosenRate is { } rate ? Settings.Seeds.Skip(1).Count(seed => Find(seed, rate) is null) : others);
        }
    }

    private RunRecord? Find(int seed, double rate) => Records.Find(RunKey.Of(Data, Method, seed, rate, Settings));

    private static double Rank(double? loss) => loss is { } value && double.IsFinite(value) ? value : double.PositiveInfinity;
}
