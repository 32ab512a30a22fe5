using SlSam.Experiments.Data;
using static TorchSharp.torch;

namespace SlSam.Experiments.Methods;

/// <summary>A way to fine-tune, with the learning rates that it may choose from.</summary>
internal sealed record Method
{
    /// <summary>Its name on the command line and in records.</summary>
    public required string Name { get; init; }

    /// <summary>Its name in the results.</summary>
    public required string Title { get; init; }

    /// <summary>Peak learning rates of the encoder, rising.</summary>
    public required IReadOnlyList<double> Grid { get; init; }

    /// <summary>By how much the learning rate of the classifier, which starts from nothing, is higher.</summary>
    public required double ClassifierFactor { get; init; }

    /// <summary>About how many AdamW steps one of its steps costs: for the plan only, until it has been measured.</summary>
    public required double Cost { get; init; }

    /// <summary>All that distinguishes it, as text: where this changes, records of other settings do not count.</summary>
    public required string Settings { get; init; }

    /// <summary>What of the settings is not the library's default, for the results.</summary>
    public required string Summary { get; init; }

    /// <summary>Makes the model at the beginning of a run and what trains it.</summary>
    public required Func<TraineeRequest, Trainee> Create { get; init; }

    /// <summary>Whether its time is compared with LoRA's as well.</summary>
    public bool IsLora { get; init; }

    /// <summary>The learning rates that are tried: so many of the grid, from the middle outward, the lower one first; in rising order.</summary>
    public IReadOnlyList<double> RatesTried(int count) =>
        [.. Grid.OrderBy(rate => Math.Abs(2 * Grid.ToList().IndexOf(rate) - (Grid.Count - 1))).Take(count).Order()];
}

/// <summary>What a run asks of a method.</summary>
internal sealed record TraineeRequest(DataSet Data, Device Device, int Seed, double Rate, ExperimentSettings Settings)
{
    /// <summary>The batches that the run will train on, in their order, to estimate salience from.</summary>
    public IEnumerable<ScoreBatch> ScoreBatches(nn.Module<Tensor, Tensor, Tensor> model) =>
        Data.Batches(Seed, Settings.BatchSize, Device).Select(batch => new ScoreBatch(
            batch.Labels.shape[0],
            () =>
            {
                using (batch)
                    return nn.functional.cross_entropy(model.call(batch.TokenIds, batch.Mask), batch.Labels);
            }));
}
