using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// The masks of an optimizer's <c>[SparseDelta]</c> layers: made when they are asked for, made anew when that is due, and what they have ever trained
/// remembered.
/// </summary>
internal sealed class SparseTraining : IDisposable
{
    private readonly nn.Module _model;
    private readonly SparseOptions _options;
    private readonly Action<TrainedParameter, Tensor> _setMask;
    private readonly TrainedParameter[] _trained;
    private readonly MaskedWeight[] _weights;
    private readonly TrackedEntries[] _tracked;
    private long _made;
    private long _stepsSince;

    /// <summary>Finds the weights that are masked; those whose salience needs no data get their masks at once.</summary>
    /// <param name="model">The model.</param>
    /// <param name="trained">What the optimizer trains.</param>
    /// <param name="options">Metric, density and schedule.</param>
    /// <param name="setMask">Masks a parameter, given the flat indices of the entries to train.</param>
    public SparseTraining(nn.Module model, IReadOnlyList<TrainedParameter> trained, SparseOptions options, Action<TrainedParameter, Tensor> setMask)
    {
        _model = model;
        _options = options;
        _setMask = setMask;
        _trained = [.. trained.Where(each => IsMasked(each, options))];
        var names = new Dictionary<nint, string>();
        foreach (var (name, parameter) in model.named_parameters())
        {
            names.TryAdd(parameter.Handle, name);
        }

        _weights = [.. _trained.Select(each => new MaskedWeight(NameOf(each, names), each.Group.Layer, each.Parameter))];
        _tracked = [.. _trained.Zip(_weights, (each, weight) => new TrackedEntries(weight.Name, each))];
        if (_weights.Length > 0 && !options.NeedsBatches)
        {
            MakeMasks([], progress: null);
        }
    }

    /// <summary>The processes that train together, which take the masks that rank 0 makes; null where there is one alone.</summary>
    public DataParallel? Parallel { get; set; }

    /// <summary>How much of each masked weight is trained; nothing before the masks are made.</summary>
    public IReadOnlyList<SparseMask> Masks => _made == 0
        ? []
        : [.. _weights.Select((weight, index) => new SparseMask(weight.Name, weight.Layer, weight.Size, _trained[index].Count))];

    /// <summary>The score batches on which dynamic masks are made anew.</summary>
    public IEnumerable<ScoreBatch>? Batches { get; set; }

    /// <summary>Whether a parameter is neither masked nor trained, but stays as it is.</summary>
    public static bool StaysFrozen(SamLayer layer, Parameter parameter, SparseOptions options) =>
        layer.SparseDelta && options.Remainder == SparseRemainder.Frozen && parameter.dim() < 2;

    /// <summary>Whether a parameter is trained through a mask.</summary>
    public static bool IsMasked(TrainedParameter trained, SparseOptions options) =>
        trained.Group.Layer.SparseDelta && (options.Remainder == SparseRemainder.Masked || trained.Parameter.dim() >= 2);

    /// <summary>Estimates the salience and makes the masks. On an exception they are what they were.</summary>
    /// <param name="batches">The score batches; kept for the next time where masks are dynamic.</param>
    /// <param name="progress">Told after each batch.</param>
    public void Score(IEnumerable<ScoreBatch> batches, IProgress<ScoreProgress>? progress)
    {
        if (_weights.Length == 0)
        {
            throw new InvalidOperationException("No layer of the model has a mask: mark one [SparseDelta], beside [SamLayer].");
        }

        MakeMasks(batches, progress);
        Batches = _options.RescoreEvery is null ? null : batches;
    }

    /// <summary>Makes the masks anew if that is due. Called before each step.</summary>
    public void BeforeStep()
    {
        if (_weights.Length == 0)
        {
            return;
        }

        if (_made == 0)
        {
            throw new InvalidOperationException(
                $"The model has [SparseDelta] layers, and their masks by {_options.Metric} need data: call optimizer.Score(batches) before the first step, or "
                + $"choose {nameof(SalienceMetric.Magnitude)} or {nameof(SalienceMetric.Random)}.");
        }

        if (_stepsSince >= _options.RescoreEvery)
        {
            if (Batches is null && _options.NeedsBatches)
            {
                throw new InvalidOperationException(
                    $"Masks by {_options.Metric} are to be made anew, and a training checkpoint does not have the score batches: call optimizer.{nameof(SharpnessAwareOptimizer.ProvideScoreBatches)}(batches) after it is loaded.");
            }

            MakeMasks(Batches ?? [], progress: null);
        }
    }

    /// <summary>Counts a step.</summary>
    public void AfterStep(StepReport report) => _stepsSince += report.Outcome == StepOutcome.Updated ? 1 : 0;

    /// <summary>Describes when masks were made, and what they have ever trained; set after the masks.</summary>
    public void DescribeState(StateDescription state)
    {
        state.Integer("made", () => _made, made => _made = made);
        state.Integer("steps since", () => _stepsSince, steps => _stepsSince = steps);
        foreach (var tracked in _tracked)
        {
            state.Part("tracked", tracked.DescribeState);
        }
    }

    public SparseDelta CreateDelta() => new([.. _tracked.Select(tracked => tracked.CreateDelta()).OfType<SparseDeltaEntry>()]);

    public void Dispose()
    {
        foreach (var tracked in _tracked)
        {
            tracked.Dispose();
        }
    }

    private static string NameOf(TrainedParameter trained, Dictionary<nint, string> names) =>
        names.TryGetValue(trained.Parameter.Handle, out var name)
            ? name
            : throw new ArgumentException(
                $"Layer '{trained.Group.Layer.Name}' is marked [SparseDelta], but its parameter '{trained.Name}' is not registered in the model, so that its changes would have no name to be saved under. "
                + "Register what it belongs to: RegisterComponents() at the end of the constructor.",
                "model");

    private void MakeMasks(IEnumerable<ScoreBatch> batches, IProgress<ScoreProgress>? progress)
    {
        using var scope = NewDisposeScope();
        Tensor[] masks;
        using (var salience = SalienceEstimator.Estimate(_model, _weights, _options, batches, _made, progress))
        {
            masks = MaskSelection.Select(salience, _weights, _options);
        }

        Parallel?.TakeMasks(masks);
        using var _ = no_grad();
        for (var index = 0; index < masks.Length; index++)
        {
            using var mask = masks[index];
            _tracked[index].Add(mask);
            _setMask(_trained[index], mask);
        }

        _made++;
        _stepsSince = 0;
    }
}
