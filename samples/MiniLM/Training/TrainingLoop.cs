using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MiniLM.Terminal;
using MiniLM.Workers;
using SlSam;
using SlSam.Reporting;
using SlSam.Reporting.TensorBoard;
using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;

namespace MiniLM.Training;

/// <summary>
/// Runs training steps, shows how they advance, measures the model on the way, and records it all for a report. A cancellation ends the steps at the edge of one and
/// leaves a checkpoint; the same program, begun again, goes on from there as if it had not stopped, and does not repeat what was complete.
/// </summary>
/// <param name="display">Shows the progress.</param>
/// <param name="folder">Where checkpoints are kept until <see cref="Forget"/>, in a folder for each title; null for none.</param>
/// <param name="recording">What is kept beside them; null for nothing.</param>
/// <param name="inTeam">The processes that train together, of which one saves, measures and records; null where this one is alone.</param>
public sealed class TrainingLoop(IDisplay display, string? folder, Recording? recording = null, Team? inTeam = null)
{
    private readonly Recording _recording = recording ?? new Recording();
    private readonly Team _team = inTeam ?? Team.Alone;
    private readonly Dictionary<string, TrainingRun> _runs = [];

    /// <summary>The trainings that are complete, by title, as reports show them.</summary>
    public IReadOnlyDictionary<string, TrainingRun> Runs => _runs;

    /// <summary>Where the samples keep the checkpoints of interrupted runs.</summary>
    /// <param name="sample">The sample's name.</param>
    public static string FolderOf(string sample) => Path.Combine(Assets.AssetCache.DefaultFolder, "runs", sample);

    /// <summary>Runs the steps that are still to be run, and measures what came of them.</summary>
    /// <param name="title">What is trained and how: the name of its checkpoints too.</param>
    /// <param name="steps">How many steps the whole run has.</param>
    /// <param name="optimizer">The optimizer, freshly made.</param>
    /// <param name="schedule">Stepped after each step; null for constant learning rates.</param>
    /// <param name="step">Does the step of an index. Tensors that it makes are disposed after it.</param>
    /// <param name="heldOut">What the model is measured with: some of it before, on the way and after, all of it after; null for nothing.</param>
    /// <param name="cancellation">Ends the run; where several processes train together, a request to one of them ends it for all.</param>
    /// <param name="before">How the model does before the first step, where that is known already.</param>
    /// <returns>The steps that were made.</returns>
    /// <exception cref="OperationCanceledException">The run was ended before it was complete.</exception>
    /// <exception cref="InvalidDataException">There is a checkpoint, but it is damaged, or of a run with other settings.</exception>
    /// <exception cref="InvalidOperationException">A step was refused.</exception>
    public async Task<TrainingRecord> RunAsync(
        string title, int steps, SharpnessAwareOptimizer optimizer, LRScheduler? schedule, Func<int, StepReport> step, HeldOut? heldOut,
        CancellationToken cancellation, HeldOutMeasures? before = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(step);
        var checkpoints = folder is null ? null : new CheckpointFolder(Path.Combine(folder, NameOf($"{title}, {steps} steps")), keep: 1);
        var record = checkpoints?.Resume(optimizer, schedule)?.Data.Deserialize<TrainingRecord>() ?? new TrainingRecord { Steps = steps };
        int resumed = record.Losses.Count;
        using var recorder = _team.Leads ? Record(title, optimizer, record) : null;
        using var board = recorder is not null && resumed < steps && _recording.TensorBoard is { } events
            ? new TensorBoardWriter(recorder, Path.Combine(events, title))
            : null;
        var evaluations = recorder is null || heldOut is null ? null : new Evaluations(recorder, heldOut, _recording.EvaluateEvery ?? Math.Max(1, steps / 5));
        if (resumed > 0)
            display.Say(resumed < steps
                ? $"{title}: going on after step {resumed} of {steps}, from {checkpoints!.PathTo(resumed)}."
                : $"{title}: all {steps} steps are made already, and kept in {checkpoints!.PathTo(resumed)}.");
        if (resumed < steps)
            await display.TrackAsync($"{title}, {steps} steps", steps, ProgressUnit.Count, progress => Task.Run(() =>
            {
                if (resumed == 0 && evaluations is not null)
                {
                    progress.Report(0, "measuring");
                    evaluations.Begin(before);
                }
                while (record.Losses.Count < steps && !_team.IsAskedToStop(cancellation))
                {
                    var report = Add(step, record, recorder, schedule);
                    int done = record.Losses.Count;
                    if (done < steps)
                        evaluations?.After(done);
                    string layers = $"{report.ActiveArms} of {optimizer.Arms.Count} layers active";
                    progress.Report(done, string.Create(CultureInfo.InvariantCulture, $"loss {record.RecentLoss:0.000}{evaluations?.Latest}, {layers}"));
                }
                return true;
            }, CancellationToken.None)).ConfigureAwait(false);

        bool isMeasured = evaluations is null || record.After is not null || (record.Losses.Count == steps && await MeasureAsync().ConfigureAwait(false));
        Save(title, checkpoints, resumed, record, recorder, optimizer, schedule);
        if (record.Losses.Count < steps || !isMeasured)
            throw new OperationCanceledException(cancellation);
        if (recorder is not null)
            _runs[title] = recorder.ToRun();
        return record;

        async Task<bool> MeasureAsync()
        {
            try
            {
                record.After = evaluations.End(await heldOut!.MeasureAsync(display, title, cancellation).ConfigureAwait(false));
                return true;
            }
            catch (OperationCanceledException)
            {
                return false;   // Thrown again when the steps are saved.
            }
        }
    }

    /// <summary>Writes the report that was asked for, of one training or of two laid over each other, as far as they are complete.</summary>
    /// <param name="title">The training that it is of.</param>
    /// <param name="over">One to lay it over; null for none.</param>
    public void WriteReport(string title, string? over = null)
    {
        if (!_team.Leads || _recording.Report is not { } path || !_runs.TryGetValue(title, out var run))
            return;
        if (!HtmlReport.IsAvailable)
        {
            display.Say("No report: the chart library could not be fetched with npm when this was built.");
            return;
        }
        HtmlReport.Write(path, run, over is null ? null : _runs.GetValueOrDefault(over));
        display.Say($"The report is in {Path.GetFullPath(path)}; any browser shows it.");
    }

    /// <summary>Deletes the checkpoints: the program is through, and begins anew when it is called again.</summary>
    public void Forget()
    {
        if (_team.Leads && Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private RunRecorder Record(string title, SharpnessAwareOptimizer optimizer, TrainingRecord record) => new(
        optimizer, new RunRecorderOptions { Name = title, Settings = _recording.Settings }, record.Run is null ? null : TrainingRun.FromJson(record.Run.ToJsonString()));

    private static StepReport Add(Func<int, StepReport> step, TrainingRecord record, RunRecorder? recorder, LRScheduler? schedule)
    {
        using var scope = NewDisposeScope();
        var watch = Stopwatch.StartNew();
        var report = step(record.Losses.Count);
        double seconds = watch.Elapsed.TotalSeconds;
        recorder?.Add(report);
        if (report.Outcome != StepOutcome.Updated)
            throw new InvalidOperationException($"Step {record.Losses.Count + 1} was refused ({report.Outcome}); a smaller learning rate may help.");
        record.Seconds.Add(seconds);
        record.Losses.Add(report.Loss);
        record.ActiveShares.Add((double)report.ActiveParameters / report.TotalParameters);
        schedule?.step();
        return report;
    }

    /// <summary>Saves what later calls go on from, and says where a run that is not complete was left.</summary>
    private void Save(
        string title, CheckpointFolder? checkpoints, int resumed, TrainingRecord record, RunRecorder? recorder, SharpnessAwareOptimizer optimizer, LRScheduler? schedule)
    {
        int done = record.Losses.Count;
        if (checkpoints is not null && recorder is not null && done > resumed)
        {
            record.Run = JsonNode.Parse(recorder.ToRun().ToJson());
            checkpoints.Save(optimizer, done, schedule, JsonSerializer.SerializeToNode(record));
        }
        if (done < record.Steps)
            display.Say(done == 0 ? $"{title}: stopped before the first step."
                : checkpoints is null ? $"{title}: stopped after step {done} of {record.Steps}."
                : $"{title}: stopped after step {done} of {record.Steps}. The same command goes on from there; the checkpoint is {checkpoints.PathTo(done)}.");
    }

    private static string NameOf(string title) =>
        string.Concat(title.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
}
