using System.Text;
using Google.Protobuf;

namespace SlSam.Reporting.TensorBoard;

/// <summary>
/// Writes a run to an event file while it is recorded, which TensorBoard shows: <c>tensorboard --logdir FOLDER</c>. Losses, norms, costs, times, learning rates,
/// probabilities, balancedness and evaluations are scalars; gradient norms and probabilities also histograms; the layers over the steps an image, written at
/// each evaluation and at the end.
/// </summary>
public sealed class TensorBoardWriter : IRunListener, IDisposable
{
    private const int StringType = 7;

    private readonly RunRecorder _recorder;
    private readonly TensorBoardOptions _options;
    private readonly EventFile _file;
    private readonly List<double> _norms = [];
    private readonly List<int> _rateGroups = [];
    private long _steps;
    private long _refused;
    private bool _disposed;

    /// <summary>Makes an event file, and listens to a recorder from now on.</summary>
    /// <param name="recorder">What records the run; it is disposed after the writer.</param>
    /// <param name="folder">The folder of the event file, made if it is not there; TensorBoard calls the run by its name.</param>
    /// <param name="options">How much to write; null for the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="recorder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is blank.</exception>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public TensorBoardWriter(RunRecorder recorder, string folder, TensorBoardOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(recorder);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        _recorder = recorder;
        _options = options ?? new TensorBoardOptions();
        _file = new EventFile(folder);
        WriteConfiguration();
        recorder.Tell(this);
    }

    /// <summary>The event file.</summary>
    public string Path => _file.Path;

    /// <inheritdoc/>
    public void OnStep(RecordedStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (_disposed)
        {
            return;
        }

        var summary = new Summary();
        var report = step.Report;
        Add(summary, "loss/first_pass", report.Loss);
        Add(summary, "loss/perturbed", report.PerturbedLoss);
        Add(summary, "gradient_norm/together", report.GradientNorm);
        Add(summary, "step/active_share", (double)report.ActiveParameters / report.TotalParameters);
        Add(summary, "step/cost", report.Cost);
        AddTimes(summary, report.Times);
        AddLearningRates(summary, step);
        AddBalancedness(summary, step);
        _refused += report.Outcome == StepOutcome.Updated ? 0 : 1;
        Add(summary, "step/refused", _refused);
        AddLayers(summary, step);
        _file.Write(step.Number, summary);
        if (++_steps % _options.FlushInterval == 0)
        {
            _file.Flush();
        }
    }

    /// <inheritdoc/>
    public void OnEvaluation(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        if (_disposed)
        {
            return;
        }

        var summary = new Summary();
        Add(summary, $"evaluation/{evaluation.Name}/accuracy", evaluation.Accuracy);
        Add(summary, $"evaluation/{evaluation.Name}/loss", evaluation.Loss);
        _file.Write(evaluation.Step, summary);
        WriteHeatMap();
        _file.Flush();
    }

    /// <summary>Writes the heat map of the whole run, and closes the file.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        WriteHeatMap();
        _file.Dispose();
    }

    private static void Add(Summary summary, string tag, double value)
    {
        if (double.IsFinite(value))
        {
            summary.Value.Add(new Summary.Types.Value { Tag = tag, SimpleValue = (float)value });
        }
    }

    private static void AddHistogram(Summary summary, string tag, IEnumerable<double> values)
    {
        if (Histograms.Of(values) is { } histogram)
        {
            summary.Value.Add(new Summary.Types.Value { Tag = tag, Histo = histogram });
        }
    }

    private static void AddTimes(Summary summary, StepTimes? measured)
    {
        if (measured is { } times)
        {
            Add(summary, "seconds/step", times.Total);
            Add(summary, "seconds/prefix", times.Prefix);
            Add(summary, "seconds/first_pass", times.FirstPass);
            Add(summary, "seconds/second_pass", times.SecondPass);
            Add(summary, "seconds/update", times.Update);
        }
    }

    /// <summary>Of layers that begin with the same rate, the first speaks for all.</summary>
    private void AddLearningRates(Summary summary, RecordedStep step)
    {
        var groups = step.Optimizer.Groups;
        if (_rateGroups.Count == 0)
        {
            _rateGroups.AddRange(Enumerable.Range(0, groups.Count).DistinctBy(index => groups[index].LearningRate));
        }

        foreach (var index in _rateGroups)
        {
            Add(summary, $"learning_rate/{groups[index].Layer.Name}", groups[index].LearningRate);
        }
    }

    private static void AddBalancedness(Summary summary, RecordedStep step)
    {
        for (var pair = 0; pair < step.Balancedness?.Count; pair++)
        {
            Add(summary, $"balancedness/{step.Optimizer.LoraPairs[pair].Name}", step.Balancedness[pair]);
        }
    }

    private void AddLayers(Summary summary, RecordedStep step)
    {
        var arms = step.Optimizer.Arms;
        if (step.Report.Outcome == StepOutcome.Updated)
        {
            foreach (var arm in arms)
            {
                if (arm.IsActive)
                {
                    _norms.Add(arm.GradientNorm);
                }
            }
        }

        if (_steps % _options.LayerInterval != 0)
        {
            return;
        }

        for (var index = 0; index < arms.Count; index++)
        {
            Add(summary, $"probability/{arms[index].Name}", step.Probabilities[index]);
            Add(summary, $"gradient_norm/{arms[index].Name}", arms[index].GradientNorm);
        }

        AddHistogram(summary, "gradient_norms", _norms);
        AddHistogram(summary, "probabilities", step.Probabilities);
        _norms.Clear();
    }

    private void WriteHeatMap()
    {
        var run = _recorder.ToRun();
        if (HeatMapImage.Of(run) is not { } image)
        {
            return;
        }

        var summary = new Summary();
        summary.Value.Add(new Summary.Types.Value
        {
            Tag = "layers",
            Image = image,
            Metadata = new SummaryMetadata
            {
                PluginData = new SummaryMetadata.Types.PluginData { PluginName = "images" },
                SummaryDescription = $"From the top: {string.Join(", ", run.Arms.Select(arm => arm.Name))}. Darker: more probable; orange: chosen.",
            },
        });
        _file.Write(_recorder.Steps, summary);
    }

    private void WriteConfiguration()
    {
        var run = _recorder.ToRun();
        var text = new StringBuilder("| setting | value |\n| --- | --- |\n");
        AddRow("model", run.Configuration.Model);
        foreach (var (name, value) in run.Configuration.Settings)
        {
            AddRow(name, value);
        }

        AddRow("method", run.Configuration.Method);
        AddRow("options", run.Configuration.Options?.GetRawText().ReplaceLineEndings(" ") ?? "of a type of its own");
        AddRow("update rule", run.Configuration.Rule);
        foreach (var (name, value) in run.Configuration.RuleSettings)
        {
            AddRow(name, value);
        }

        var environment = run.Environment;
        AddRow("device", environment.Device);
        AddRow("threads", environment.Threads.ToString(System.Globalization.CultureInfo.InvariantCulture));
        AddRow("libtorch", environment.Torch);
        AddRow("runtime", environment.Runtime);

        var tensor = new TensorProto { Dtype = StringType, TensorShape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dim { Size = 1 } } } };
        tensor.StringVal.Add(ByteString.CopyFromUtf8(text.ToString()));
        var summary = new Summary();
        summary.Value.Add(new Summary.Types.Value
        {
            Tag = "configuration",
            Tensor = tensor,
            Metadata = new SummaryMetadata { PluginData = new SummaryMetadata.Types.PluginData { PluginName = "text" } },
        });
        _file.Write(0, summary);
        _file.Flush();

        void AddRow(string name, string value) => text.Append("| ").Append(name).Append(" | ").Append(value.Replace("|", "\\|", StringComparison.Ordinal)).Append(" |\n");
    }
}
