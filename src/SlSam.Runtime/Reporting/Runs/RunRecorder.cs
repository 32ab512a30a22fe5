using System.Diagnostics;

namespace SlSam;

/// <summary>
/// Records a run: give it the report of each step, and what evaluations find. While it lives, steps measure where their time goes
/// (<see cref="SharpnessAwareOptimizer.MeasuresTimes"/>).
/// </summary>
/// <remarks>
/// <code>
/// using var recorder = new RunRecorder(optimizer);
/// foreach (var (x, y) in batches)
/// {
///     recorder.Add(optimizer.Step(x, logits => cross_entropy(logits, y)));
/// }
/// recorder.AddEvaluation(accuracy: 0.91);
/// recorder.ToRun().Save("run.json");
/// </code>
/// </remarks>
public sealed class RunRecorder : IDisposable
{
    /// <summary>How many refused steps are kept one by one.</summary>
    private const int KeptRefusals = 100;

    private readonly SharpnessAwareOptimizer _optimizer;
    private readonly RunRecorderOptions _options;
    private readonly RunConfiguration _configuration;
    private readonly RunEnvironment _environment;
    private readonly DateTimeOffset _started;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly double[] _probabilities;
    private readonly StepPoints _points;
    private readonly RecordedStep _step;
    private readonly List<Evaluation> _evaluations = [];
    private readonly List<RefusedStep> _refused = [];
    private readonly List<IRunListener> _listeners = [];
    private readonly bool _measuredBefore;
    private readonly double _elapsedBefore;
    private long _steps;
    private long _refusals;
    private double _elapsed;
    private double _accounted;
    private StepTimes _times;
    private double _between;
    private double _evaluating;
    private double _cost;
    private double _activeShare;

    /// <summary>Begins to record, or goes on recording a run.</summary>
    /// <param name="optimizer">What makes the steps; it outlives the recorder. A checkpoint is loaded before.</param>
    /// <param name="options">How to record; null for the defaults.</param>
    /// <param name="continued">The run that the optimizer goes on with, as it was recorded until its checkpoint was saved; null for a new one.</param>
    /// <exception cref="ArgumentNullException"><paramref name="optimizer"/> is null.</exception>
    /// <exception cref="ArgumentException">The run that is to be continued is one of other layers, or no recorder has made it.</exception>
    public RunRecorder(SharpnessAwareOptimizer optimizer, RunRecorderOptions? options = null, TrainingRun? continued = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        if (continued is not null)
        {
            ContinuedRun.Require(continued, optimizer);
        }

        _optimizer = optimizer;
        _options = options ?? new RunRecorderOptions();
        _configuration = RunDescription.Configuration(optimizer, _options.Settings);
        _environment = RunEnvironment.Of(optimizer);
        _probabilities = new double[optimizer.Arms.Count];
        _points = new StepPoints(_options.Points, optimizer.Arms.Count, optimizer.LoraPairs.Count, optimizer.Groups.Count);
        _step = new RecordedStep(optimizer, _probabilities);
        _started = continued?.Started ?? DateTimeOffset.Now;
        if (continued is not null)
        {
            _points.Restore(continued, optimizer.Arms, optimizer.LoraPairs, optimizer.Groups);
            _evaluations.AddRange(continued.Evaluations);
            _refused.AddRange(continued.Refused);
            _accounted = _elapsed = _elapsedBefore = continued.Totals.Elapsed;
            Restore(continued.Totals);
        }

        _measuredBefore = optimizer.MeasuresTimes;
        optimizer.MeasuresTimes = true;
        ReadProbabilities();
    }

    /// <summary>The number of steps of the run so far.</summary>
    public long Steps => _steps;

    /// <summary>Tells a listener of all steps and evaluations from now on. The listener stays the caller's to dispose.</summary>
    /// <param name="listener">What is told.</param>
    /// <exception cref="ArgumentNullException"><paramref name="listener"/> is null.</exception>
    public void Tell(IRunListener listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        _listeners.Add(listener);
    }

    /// <summary>Records a step that the optimizer has just made.</summary>
    /// <param name="report">What the step did.</param>
    public void Add(StepReport report)
    {
        _elapsed = Elapsed();
        var between = Math.Max(0, _elapsed - _accounted - (report.Times?.Total ?? 0));
        _accounted = _elapsed;
        _steps++;
        _step.Number = Steps;
        _step.Elapsed = _elapsed;
        _step.Report = report;
        _step.Balancedness = _optimizer.LoraPairs.Count > 0 && (_steps - 1) % Math.Max(_options.BalancednessInterval, _points.Stride) == 0
            ? LoraPair.Balancedness(_optimizer.LoraPairs)
            : null;
        _points.Add(_step, between);
        AddToTotals(report, between);
        foreach (var listener in _listeners)
        {
            listener.OnStep(_step);
        }

        ReadProbabilities();
    }

    /// <summary>Records what an evaluation after the last step has found. The time since that step, or the evaluation before, is the evaluation's.</summary>
    /// <param name="accuracy">The share of examples that the model got right, in [0, 1]; NaN where that was not measured.</param>
    /// <param name="loss">The mean loss; NaN where that was not measured.</param>
    /// <param name="name">What it was evaluated on.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank, or neither accuracy nor loss is given.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="accuracy"/> is out of its range.</exception>
    public void AddEvaluation(double accuracy = double.NaN, double loss = double.NaN, string name = "held-out")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (accuracy is < 0 or > 1)
        {
            throw new ArgumentOutOfRangeException(nameof(accuracy), accuracy, "It must be in [0, 1].");
        }

        if (double.IsNaN(accuracy) && double.IsNaN(loss))
        {
            throw new ArgumentException("An evaluation needs an accuracy or a loss.", nameof(accuracy));
        }

        _elapsed = Elapsed();
        _evaluating += _elapsed - _accounted;
        _accounted = _elapsed;
        _evaluations.Add(new Evaluation { Step = Steps, Elapsed = _elapsed, Name = name, Accuracy = accuracy, Loss = loss });
        foreach (var listener in _listeners)
        {
            listener.OnEvaluation(_evaluations[^1]);
        }
    }

    /// <summary>The run as it has been recorded so far.</summary>
    public TrainingRun ToRun() => new()
    {
        Name = _options.Name ?? _configuration.Method,
        Started = _started,
        Configuration = _configuration,
        Environment = _environment,
        Layers = RunDescription.Layers(_optimizer),
        Steps = _points.ToSeries(),
        Arms = _points.ToSeries(_optimizer.Arms),
        Pairs = _points.ToSeries(_optimizer.LoraPairs),
        LearningRates = _points.ToSeries(_optimizer.Groups),
        Evaluations = [.. _evaluations],
        Refused = [.. _refused],
        ValueCounts = _points.ValueCounts(_optimizer.Arms, _optimizer.LoraPairs),
        Totals = Totals(),
    };

    /// <summary>Ends the recording; what was recorded stays.</summary>
    public void Dispose() => _optimizer.MeasuresTimes = _measuredBefore;

    private void AddToTotals(in StepReport report, double between)
    {
        _between += between;
        if (report.Times is { } times)
        {
            _times = new StepTimes(
                _times.Prefix + times.Prefix, _times.FirstPass + times.FirstPass, _times.SecondPass + times.SecondPass, _times.Update + times.Update);
        }

        if (report.Outcome == StepOutcome.Updated)
        {
            _cost += report.Cost;
            _activeShare += (double)report.ActiveParameters / report.TotalParameters;
            return;
        }

        _refusals++;
        if (_refused.Count < KeptRefusals)
        {
            _refused.Add(new RefusedStep { Step = Steps, Outcome = report.Outcome, Report = report.ToString() });
        }
    }

    private double Elapsed() => _elapsedBefore + Stopwatch.GetElapsedTime(_start).TotalSeconds;

    private void Restore(RunTotals totals)
    {
        (_steps, _refusals) = (totals.Steps, totals.Refused);
        _times = new StepTimes(totals.Prefix, totals.FirstPass, totals.SecondPass, totals.Update);
        (_between, _evaluating) = (totals.Between, totals.Evaluating);
        if (_steps > _refusals)
        {
            _cost = totals.MeanCost * (_steps - _refusals);
            _activeShare = totals.MeanActiveShare * (_steps - _refusals);
        }
    }

    private RunTotals Totals()
    {
        double updated = _steps - _refusals;
        return new RunTotals
        {
            Steps = _steps,
            Refused = _refusals,
            Elapsed = _elapsed,
            Prefix = _times.Prefix,
            FirstPass = _times.FirstPass,
            SecondPass = _times.SecondPass,
            Update = _times.Update,
            Between = _between,
            Evaluating = _evaluating,
            MeanCost = updated == 0 ? double.NaN : _cost / updated,
            MeanActiveShare = updated == 0 ? double.NaN : _activeShare / updated,
        };
    }

    /// <summary>A step changes the probabilities of the next: what the next is chosen by is read before it.</summary>
    private void ReadProbabilities()
    {
        for (var arm = 0; arm < _probabilities.Length; arm++)
        {
            _probabilities[arm] = _optimizer.Arms[arm].Probability;
        }
    }
}
