using System.Globalization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// Trains a model with a sharpness-aware method and an update rule. SlSam derives one for every <see cref="SamModelAttribute">[SamModel]</see> class.
/// It is a <c>torch.optim.Optimizer</c>, so TorchSharp's learning-rate schedulers drive it; each layer is a parameter group.
/// </summary>
/// <remarks>
/// A step computes the loss once or twice, so it is given a closure. Tensors that the closure makes are disposed at the end of the pass, except those
/// that it takes out of the current <c>DisposeScope</c>. After a step <c>.grad</c> of the active parameters holds the gradient that was applied.
/// Build the optimizer after <c>model.to(...)</c>, which replaces parameters; freeze parameters before. While it lives, parameters that the last step did
/// not need require no gradients: dispose it before another is built for the same model, which would take them for frozen.
/// </remarks>
public abstract partial class SharpnessAwareOptimizer : optim.Optimizer
{
    private readonly SharpnessOptions _options;
    private readonly ArmTable _table;
    private readonly StepClock _clock = new();
    private readonly StepEngine _engine;
    private readonly SparseTraining _sparse;
    private readonly StepGuard _guard;
    private readonly PassPrecision _precision;

    /// <summary>Binds the method and the update rule to the model's layers.</summary>
    /// <param name="model">The model, an <c>nn.Module</c>; parameters of its layers that do not require gradients now stay frozen.</param>
    /// <param name="options">The method.</param>
    /// <param name="rule">The update rule.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The model is not a module, has nothing to train, two layers of one name, or a parameter in two layers.</exception>
    /// <exception cref="InvalidOperationException">A weight is not finite that is to be masked by its magnitude. The model is as it was.</exception>
    /// <exception cref="NotSupportedException">This libtorch does not compute in the type that <see cref="SharpnessOptions.MixedPrecision"/> names.</exception>
    /// <exception cref="DllNotFoundException">Autocast is asked for and the library slsam_torch is missing; the message says how to get it.</exception>
    protected SharpnessAwareOptimizer(ISamModel model, SharpnessOptions options, UpdateRule rule)
        : base(IntPtr.Zero)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(rule);
        var module = model as nn.Module
            ?? throw new ArgumentException($"{model.GetType().Name} is not a torch.nn.Module.", nameof(model));

        _options = options;
        Rule = rule;
        ModelName = model.GetType().Name;
        Model = module;
        _guard = new StepGuard(GetType().Name);
        _table = new ArmTable(model.CreateLayers(), options.Granularity, options.Sparse, rule);
        _parameter_groups = [.. _table.Groups];
        LoraPairs = LoraPair.Of(model, module);
        var balance = new PairBalance(LoraPairs, _table, options.Balancedness, rule.LoraPlusRatio);
        OptionRules.Check(new OptimizerPlan(options, rule, _table.All, LoraPairs, balance.Pairs));
        _precision = new PassPrecision(options.MixedPrecision, _table.All[0].Parameter.device);
        var selector = options.CreateSelector(_table.Arms);
        Selection = new SelectionStatistics(selector);
        _table.States.Selector = selector;
        var mix = new GradientMix(options);
        var usesCuda = _table.All.Any(trained => trained.Parameter.is_cuda);
        _engine = new StepEngine(
            _table,
            new ActiveSet(_table, mix, options.Perturbable),
            selector,
            new AscentSchedule(options),
            new Ascent(options, _table.All.Length),
            mix,
            balance,
            rule.Clipping,
            rule.CreateUpdater(_table.All),
            new RunningStatistics(module),
            new RandomReplay(usesCuda, options.Seed),
            _clock,
            _guard,
            _precision);
        try
        {
            _sparse = new SparseTraining(module, _table.All, options.Sparse, SetMask);
        }
        catch
        {
            _engine.Dispose();
            throw;
        }
    }

    /// <summary>The arms, in the order of the model's layers, with what the last step found out about each.</summary>
    public IReadOnlyList<Arm> Arms => _table.Arms;

    /// <summary>Which layers the steps so far have worked on.</summary>
    public SelectionStatistics Selection { get; }

    /// <summary>The parameter groups, one for each layer of the model that is not frozen.</summary>
    public IReadOnlyList<LayerGroup> Groups => _table.Groups;

    /// <summary>The model's low-rank pairs: those that it declares, then those of the other adapters in it, such as a <see cref="LoraModel"/> attaches.</summary>
    public IReadOnlyList<LoraPair> LoraPairs { get; }

    /// <summary>How much of each masked weight is trained, in the order of the model's layers; empty before the masks are made.</summary>
    public IReadOnlyList<SparseMask> SparseMasks => _sparse.Masks;

    /// <summary>Whether steps measure where their time goes (<see cref="StepReport.Times"/>), which takes a few readings of a clock; not so by default.</summary>
    public bool MeasuresTimes { get; set; }

    /// <summary>The optimizer's part in a group of processes; null before <see cref="JoinGroup"/>.</summary>
    public DataParallel? Parallel { get; private set; }

    /// <summary>The method.</summary>
    internal SharpnessOptions Options => _options;

    /// <summary>The update rule.</summary>
    internal UpdateRule Rule { get; }

    /// <summary>The name of the model's class.</summary>
    internal string ModelName { get; }

    /// <summary>The model's layers, frozen ones among them.</summary>
    internal IReadOnlyList<SamLayer> Layers => _table.Layers;

    /// <summary>What is trained, in the order of the model's layers.</summary>
    internal IReadOnlyList<TrainedParameter> Trained => _table.All;

    /// <summary>The model.</summary>
    internal nn.Module Model { get; }

    /// <summary>The parameter group of a layer.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <exception cref="ArgumentException">The model has no layer of that name, or it is frozen.</exception>
    public LayerGroup Group(string layer) =>
        _table.Groups.FirstOrDefault(group => group.Layer.Name == layer)
            ?? throw new ArgumentException(
                $"The model trains no layer '{layer}'; it trains {string.Join(", ", _table.Groups.Select(group => group.Layer.Name))}.", nameof(layer));

    /// <summary>
    /// Cancels steps: it is looked at before each, after each call of a closure, and before the update. A step that is cancelled throws an
    /// <see cref="OperationCanceledException"/> and leaves everything as it was before. By default steps are not cancelled.
    /// </summary>
    public CancellationToken CancellationToken
    {
        get => _guard.CancellationToken;
        set => _guard.CancellationToken = value;
    }

    /// <summary>
    /// Estimates the salience of the weights in <see cref="SparseDeltaAttribute">[SparseDelta]</see> layers and makes their masks, which a step needs. Masks that
    /// are there are made anew: what they trained stays in the weights, and the update rule's state for these weights is dropped.
    /// </summary>
    /// <param name="batches">
    /// The score batches, of which no more are taken than <see cref="SparseOptions.Examples"/> asks for. GRaSP enumerates them more than once, and a dynamic mask
    /// again each time that it is due.
    /// </param>
    /// <param name="progress">Told after each batch; may be null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="batches"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model has no masked weight, there are no batches, a closure returned something that is not a loss, or the salience is not finite. Masks and model are
    /// as they were, as they are when a closure throws.
    /// </exception>
    public void Score(IEnumerable<ScoreBatch> batches, IProgress<ScoreProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(batches);
        _guard.Enter();
        try
        {
            _sparse.Score(batches, progress);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>
    /// Gives the score batches on which dynamic masks are made anew when that is due, in place of those that <see cref="Score"/> was given: after a
    /// <see cref="TrainingCheckpoint"/> was loaded, which has the masks, but not the batches.
    /// </summary>
    /// <param name="batches">The score batches, as for <see cref="Score"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="batches"/> is null.</exception>
    public void ProvideScoreBatches(IEnumerable<ScoreBatch> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        _guard.RequireIdle();
        _sparse.Batches = batches;
    }

    /// <summary>
    /// What training through masks has changed so far, also through masks that have been replaced since. Layers that are trained whole are not in it.
    /// </summary>
    /// <returns>A delta that the caller disposes; without entries where the model has no masked weight.</returns>
    public SparseDelta CreateSparseDelta()
    {
        _guard.RequireIdle();
        return _sparse.CreateDelta();
    }

    /// <summary>
    /// Trains from now on together with the other processes of a group, each of which has built the same model and the same optimizer: every process takes over
    /// rank 0's weights and buffers, and then calls <c>Step</c> as often as the others, each on its own part of the batch. A step is the one on the joint batch
    /// as far as <see cref="DataParallelOptions.SynchronizeFirstPass"/> says, and its report tells the same in all of them.
    /// </summary>
    /// <param name="group">The processes. It must outlast the optimizer.</param>
    /// <param name="options">How they train together; by default as the options' own defaults say.</param>
    /// <returns>What tells and sets this process's part; also <see cref="Parallel"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="group"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// A process has another model, other options, or masks of its own; or the method keeps what would not be the same in every process.
    /// </exception>
    /// <exception cref="InvalidOperationException">The optimizer is in a group already, or a step is in progress.</exception>
    /// <exception cref="ProcessGroupException">A process did not come.</exception>
    public DataParallel JoinGroup(ProcessGroup group, DataParallelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(group);
        _guard.RequireIdle();
        if (Parallel is not null)
        {
            throw new InvalidOperationException("The optimizer trains in a group of processes already; an optimizer joins one once.");
        }

        Parallel = DataParallel.Join(group, options ?? new DataParallelOptions(), _options, Model, _table.All);
        _engine.Join(Parallel);
        _sparse.Parallel = Parallel;
        return Parallel;
    }

    /// <summary>Trains one step.</summary>
    /// <param name="loss">
    /// Runs the forward pass and returns the loss, a tensor with one element; called once, or twice where the step is sharpness-aware. It must not call
    /// <c>backward</c>.
    /// </param>
    /// <returns>What the step did. A step that meets a loss or gradient that is not finite changes nothing and says so.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="loss"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// Gradients are off, a parameter was disposed after the optimizer was built, or the closure returned something that is not a loss. The model is as it was before the step, as it is when the closure throws.
    /// </exception>
    public StepReport Step(Func<Tensor> loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        RequireWholeBatch();
        return Run(new StepWork(new MicroBatch(forwardTo: null, (_, _, _) => loss())));
    }

    /// <summary>Trains one step whose first pass may work on a part of the batch (<see cref="SharpnessOptions.AscentFraction"/>).</summary>
    /// <param name="loss">
    /// Runs the forward pass on the given part of the batch and returns its loss, as for <see cref="Step(Func{Tensor})"/>:
    /// <c>slice => cross_entropy(model.call(slice.Of(x)), slice.Of(y))</c>.
    /// </param>
    /// <returns>What the step did. Its <see cref="StepReport.Loss"/> is that of the part.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="loss"/> is null.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="Step(Func{Tensor})"/>.</exception>
    public StepReport Step(Func<BatchSlice, Tensor> loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return Run(new StepWork(new MicroBatch(forwardTo: null, (_, _, slice) => loss(slice)) { AscentSlice = new BatchSlice(_options.AscentFraction) }));
    }

    /// <summary>Trains one step of a staged model: the stages before the first active one run once, without a graph.</summary>
    /// <param name="forwardTo">Runs the stages before the given one and returns the activation there.</param>
    /// <param name="lossFrom">Runs the given stage and those after it on that activation, and returns the loss.</param>
    /// <returns>What the step did.</returns>
    /// <exception cref="InvalidOperationException">As for <see cref="Step(Func{Tensor})"/>.</exception>
    protected StepReport Step(Func<int, Tensor> forwardTo, Func<int, Tensor, Tensor> lossFrom)
    {
        ArgumentNullException.ThrowIfNull(forwardTo);
        ArgumentNullException.ThrowIfNull(lossFrom);
        RequireWholeBatch();
        return Run(new StepWork(new MicroBatch(forwardTo, (stage, activation, _) => lossFrom(stage, activation!))));
    }

    /// <summary>Trains one step of a staged model whose first pass may work on a part of the batch.</summary>
    /// <param name="batchSize">The number of examples in the batch: the first dimension of the model's input.</param>
    /// <param name="forwardTo">Runs the stages before the given one on the whole batch and returns the activation there.</param>
    /// <param name="lossFrom">Runs the given stage and those after it on a part of that activation, and returns the loss of that part of the batch.</param>
    /// <returns>What the step did. Its <see cref="StepReport.Loss"/> is that of the part.</returns>
    /// <exception cref="InvalidOperationException">
    /// As for <see cref="Step(Func{Tensor})"/>, or the activation or target to be cut has no row for each example.
    /// </exception>
    protected StepReport Step(long batchSize, Func<int, Tensor> forwardTo, Func<int, Tensor, BatchSlice, Tensor> lossFrom)
    {
        ArgumentNullException.ThrowIfNull(forwardTo);
        ArgumentNullException.ThrowIfNull(lossFrom);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        return Run(new StepWork(new MicroBatch(forwardTo, lossFrom!) { AscentSlice = new BatchSlice(_options.AscentFraction, batchSize) }));
    }

    /// <summary>Trains one step, as <see cref="Step(Func{Tensor})"/> does.</summary>
    /// <param name="closure">Runs the forward pass and returns the loss; it may not be null.</param>
    /// <returns>The loss of the first pass, a tensor without a shape.</returns>
    /// <exception cref="InvalidOperationException"><paramref name="closure"/> is null, or as for <see cref="Step(Func{Tensor})"/>.</exception>
    public override Tensor step(Func<Tensor>? closure = null)
    {
        if (closure is null)
        {
            throw new InvalidOperationException(
                "A sharpness-aware step computes the loss twice, so step() needs a closure: optimizer.Step(() => loss of the forward pass).");
        }

        return tensor(Step(closure).Loss);
    }

    /// <summary>
    /// Does nothing that a step needs: each step starts without gradients. Drops the gradients of all trained parameters; within a closure, whose step adds them
    /// up, it does nothing.
    /// </summary>
    public override void zero_grad()
    {
        if (_guard.IsRunning)
        {
            return;
        }

        foreach (var trained in _table.All)
        {
            trained.Parameter.grad = null;
        }
    }

    /// <summary>The parameters that are trained.</summary>
    public override IEnumerable<Parameter> parameters() => _table.All.Select(trained => trained.Parameter);

    /// <summary>
    /// Frees the update rule's state and gives every parameter its gradient requirement back. Within a closure, the step is stopped and taken back first.
    /// </summary>
    /// <param name="disposing">False when called from a finalizer.</param>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_guard.IsDisposed)
        {
            _guard.IsDisposed = true;
            if (!_guard.IsRunning)
            {
                Free();
            }
        }

        base.Dispose(disposing);
    }

    /// <summary>
    /// Trains some entries of a parameter only: they alone are perturbed and updated, and the update rule keeps state for them alone. Its state for
    /// the parameter starts anew.
    /// </summary>
    /// <param name="trained">One of <see cref="Trained"/>.</param>
    /// <param name="indices">The flat indices of the entries, int64, each once, of shape [k], copied; null to train all entries again.</param>
    /// <exception cref="ArgumentException">The indices are of another type or shape, or out of the parameter's range.</exception>
    internal void SetMask(TrainedParameter trained, Tensor? indices)
    {
        ObjectDisposedException.ThrowIf(_guard.IsDisposed, this);
        _engine.SetMask(trained, indices);
    }

    /// <summary>Describes what the optimizer was built of.</summary>
    /// <exception cref="InvalidOperationException">A step is in progress.</exception>
    internal void DescribeSettings(StateDescription state)
    {
        _guard.RequireIdle();
        new SettingsText(_options, Rule, _table).DescribeState(state);
    }

    /// <summary>Describes everything that later steps depend on, apart from the model's weights.</summary>
    internal void DescribeState(StateDescription state)
    {
        _engine.DescribeState(state);
        state.Part("sparse", _sparse.DescribeState);
        state.Part("selection", Selection.DescribeState);
        state.Part("lossScale", _precision.DescribeState);
    }

    /// <summary>The step was given no way to cut the batch.</summary>
    private void RequireWholeBatch()
    {
        if (_options.AscentFraction < 1 && _options.MayAscend)
        {
            throw new InvalidOperationException(
                $"AscentFraction is {_options.AscentFraction.ToString(CultureInfo.InvariantCulture)}, but this Step cannot cut the batch. Use Step(slice => the loss of slice.Of(x) and slice.Of(y)), or a staged model's Step(x, y, loss).");
        }
    }

    private StepReport Run(StepWork work)
    {
        _guard.Enter();
        try
        {
            var report = _precision.Adjust(RunEngine(work));
            _sparse.AfterStep(report);
            report = report with { Times = _clock.End() };
            if (report.Outcome == StepOutcome.Updated)
            {
                Selection.Add(report);
            }

            TrainingMetrics.Record(report, ModelName, Arms);
            return report;
        }
        finally
        {
            Leave();
        }
    }

    private StepReport RunEngine(StepWork work)
    {
        try
        {
            if (!is_grad_enabled())
            {
                throw new InvalidOperationException("Gradients are off: a step was called under no_grad or inference_mode.");
            }

            PassPrecision.RequireNoScope();
            _guard.ThrowIfStopped();
            _clock.Begin(MeasuresTimes || TrainingMetrics.HearTimes);
            _sparse.BeforeStep();
            return _engine.Run(work);
        }
        catch (Exception e)
        {
            _engine.Agreement?.Fail(e);
            throw;
        }
    }

    /// <summary>Ends what <see cref="StepGuard.Enter"/> began, and does what was put off until then.</summary>
    private void Leave()
    {
        _guard.Exit();
        if (_guard.IsDisposed)
        {
            Free();
        }
    }

    private void Free()
    {
        _engine.Dispose();
        _sparse.Dispose();
    }
}
