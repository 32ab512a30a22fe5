using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MiniLM.Training;

/// <summary>The steps of a run so far, those before an interruption too.</summary>
public sealed class TrainingRecord
{
    /// <summary>How many steps the whole run has.</summary>
    public required int Steps { get; init; }

    /// <summary>The loss of each step, on its own batch.</summary>
    public List<double> Losses { get; init; } = [];

    /// <summary>The seconds that each step took.</summary>
    public List<double> Seconds { get; init; } = [];

    /// <summary>The share of the trained numbers that each step updated.</summary>
    public List<double> ActiveShares { get; init; } = [];

    /// <summary>How the model does on all held-out examples after the last step; null before that, or where there are none.</summary>
    public Measure? After { get; set; }

    /// <summary>What reports are made of: a <see cref="SlSam.TrainingRun"/> as JSON.</summary>
    public JsonNode? Run { get; set; }

    /// <summary>The median time of a step in seconds: what a step of a method takes whose steps do the same work. NaN before the first.</summary>
    [JsonIgnore]
    public double MedianSeconds => Seconds.Count == 0 ? double.NaN : Seconds.Order().ElementAt(Seconds.Count / 2);

    /// <summary>The mean time of a step without the first tenth, which warms up: for steps of different lengths. NaN before the first.</summary>
    [JsonIgnore]
    public double MeanSeconds => Seconds.Skip(Seconds.Count / 10).DefaultIfEmpty(double.NaN).Average();

    /// <summary>The mean of the last ten losses: one batch's loss says little.</summary>
    [JsonIgnore]
    public double RecentLoss => Losses.TakeLast(10).DefaultIfEmpty(double.NaN).Average();
}
