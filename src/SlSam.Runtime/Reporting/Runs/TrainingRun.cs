using System.Text.Json;

namespace SlSam;

/// <summary>
/// A run of training as data: what it was, what each step did, and how the model did when it was evaluated. <see cref="RunRecorder"/> makes it, and reports are
/// made from it.
/// </summary>
public sealed record TrainingRun
{
    /// <summary>What the file says it is.</summary>
    internal const string FormatName = "slsam-run";

    /// <summary>The version of the file's layout that is written and read.</summary>
    internal const int FormatVersion = 1;

    /// <summary>What kind of file this is: <c>slsam-run</c>.</summary>
    public string Format { get; init; } = FormatName;

    /// <summary>The version of the file's layout.</summary>
    public int Version { get; init; } = FormatVersion;

    /// <summary>What the run is called in reports.</summary>
    public required string Name { get; init; }

    /// <summary>When the recording began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>The method, the update rule, and what the caller said of the run.</summary>
    public required RunConfiguration Configuration { get; init; }

    /// <summary>What the run was computed with.</summary>
    public required RunEnvironment Environment { get; init; }

    /// <summary>The model's layers, in its order.</summary>
    public required IReadOnlyList<RunLayer> Layers { get; init; }

    /// <summary>What the steps did, point by point.</summary>
    public required StepSeries Steps { get; init; }

    /// <summary>What a selector could choose, and what became of it, in the order of the model's layers.</summary>
    public required IReadOnlyList<ArmSeries> Arms { get; init; }

    /// <summary>The model's low-rank pairs.</summary>
    public required IReadOnlyList<PairSeries> Pairs { get; init; }

    /// <summary>The learning rates; layers whose rates were the same throughout share one entry.</summary>
    public required IReadOnlyList<LearningRateSeries> LearningRates { get; init; }

    /// <summary>How the model did when it was evaluated, in the order of the evaluations.</summary>
    public required IReadOnlyList<Evaluation> Evaluations { get; init; }

    /// <summary>The first steps that were refused; <see cref="RunTotals"/> counts all.</summary>
    public required IReadOnlyList<RefusedStep> Refused { get; init; }

    /// <summary>
    /// How many steps of each point have a value, of the columns of means in which some have none: by the column's name, such as <c>steps.perturbedLoss</c> or
    /// <c>head: gradientNorm</c>. Empty where each step is a point of its own, which has a value or NaN.
    /// </summary>
    public IReadOnlyDictionary<string, int[]> ValueCounts { get; init; } = new Dictionary<string, int[]>();

    /// <summary>Sums over all steps, exact however many there were.</summary>
    public required RunTotals Totals { get; init; }

    /// <summary>Writes the run as JSON. Numbers that are not finite are written as null. The file appears when it is complete.</summary>
    /// <param name="path">The path of the file; one that is there is replaced.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is blank.</exception>
    /// <exception cref="IOException">The file cannot be written; one that was there is unchanged.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        WholeFile.Write(path, stream => JsonSerializer.Serialize(stream, this, RunJson.Default.TrainingRun));
    }

    /// <summary>The run as JSON: what <see cref="Save"/> writes.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RunJson.Default.TrainingRun);

    /// <summary>Reads a run that <see cref="Save"/> has written.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is blank.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is not a run, is of another version, or its columns do not fit together.</exception>
    public static TrainingRun Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var stream = File.OpenRead(path);
        try
        {
            return Checked(JsonSerializer.Deserialize(stream, RunJson.Default.TrainingRun));
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            throw new InvalidDataException($"'{path}' is not a run that can be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a run from its JSON.</summary>
    /// <param name="json">What <see cref="ToJson"/> gives.</param>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="InvalidDataException">It is not a run, is of another version, or its columns do not fit together.</exception>
    public static TrainingRun FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return Checked(JsonSerializer.Deserialize(json, RunJson.Default.TrainingRun));
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            throw new InvalidDataException($"The JSON is not a run that can be read: {exception.Message}", exception);
        }
    }

    private static TrainingRun Checked(TrainingRun? run)
    {
        if (run is null)
        {
            throw new InvalidDataException("it holds null");
        }

        run.RequireValid();
        return run;
    }

    private void RequireValid()
    {
        if (Format != FormatName || Version != FormatVersion)
        {
            throw new InvalidDataException($"its format is '{Format}', version {Version}; it must be '{FormatName}', version {FormatVersion}");
        }

        RequirePresent();
        var points = Steps.First.Length;
        foreach (var (name, values) in Columns().Concat(ValueCounts.Select(each => ($"valueCounts.{each.Key}", (Array)each.Value))))
        {
            if (values.Length != points)
            {
                throw new InvalidDataException($"the column '{name}' has {values.Length} values for {points} points");
            }
        }
    }

    /// <summary>A null in the file is the reader's null, also where there must be a value.</summary>
    private void RequirePresent()
    {
        Require("name", Name);
        Require("configuration", Configuration, Configuration?.Model, Configuration?.Method, Configuration?.Rule, Configuration?.RuleSettings, Configuration?.Settings);
        Require("configuration.ruleSettings", [.. Configuration!.RuleSettings.Values]);
        Require("configuration.settings", [.. Configuration.Settings.Values]);
        Require(
            "environment", Environment, Environment?.SlSam, Environment?.Torch, Environment?.Runtime, Environment?.OperatingSystem, Environment?.Architecture,
            Environment?.Device, Environment?.ElementType);
        Require("layers", [Layers, .. Layers ?? [], .. (Layers ?? []).Select(layer => layer?.Name)]);
        Require("steps", Steps, Steps?.First);
        Require("steps", [.. Steps!.Columns().Select(column => column.Values)]);
        Require("arms", [Arms, .. Arms ?? []]);
        Require("arms", [.. Arms!.SelectMany(arm => new object?[] { arm.Name, arm.Probability, arm.Active, arm.Perturbed, arm.GradientNorm })]);
        Require("pairs", [Pairs, .. Pairs ?? []]);
        Require("pairs", [.. Pairs!.SelectMany(pair => new object?[] { pair.Name, pair.Balancedness })]);
        Require("learningRates", [LearningRates, .. LearningRates ?? []]);
        Require("learningRates", [.. LearningRates!.SelectMany(rates => (object?[])[rates.Values, rates.Layers, .. rates.Layers ?? []])]);
        Require("evaluations", [Evaluations, .. Evaluations ?? [], .. (Evaluations ?? []).Select(each => each?.Name)]);
        Require("refused", [Refused, .. Refused ?? [], .. (Refused ?? []).Select(each => each?.Report)]);
        Require("valueCounts", ValueCounts);
        Require("valueCounts", [.. ValueCounts!.Values]);
        Require("totals", Totals);
    }

    private static void Require(string name, params object?[] values)
    {
        if (values.Contains(null))
        {
            throw new InvalidDataException($"'{name}' is null, or holds a null where there must be a value");
        }
    }

    /// <summary>All columns, with names of their own.</summary>
    internal IEnumerable<(string Name, Array Values)> Columns()
    {
        foreach (var (name, values) in Steps.Columns())
        {
            yield return ($"steps.{name}", values);
        }

        foreach (var arm in Arms)
        {
            yield return ($"{arm.Name}: probability", arm.Probability);
            yield return ($"{arm.Name}: active", arm.Active);
            yield return ($"{arm.Name}: perturbed", arm.Perturbed);
            yield return ($"{arm.Name}: gradientNorm", arm.GradientNorm);
        }

        foreach (var pair in Pairs)
        {
            yield return ($"{pair.Name}: balancedness", pair.Balancedness);
        }

        foreach (var rates in LearningRates)
        {
            yield return ($"{string.Join(", ", rates.Layers)}: learningRates", rates.Values);
        }
    }
}
