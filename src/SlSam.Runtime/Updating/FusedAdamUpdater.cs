using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// Adam and AdamW by libtorch's fused operators, one call for all parameters that share learning rate, weight decay and type. Parameters that the operators do not
/// take are left to <see cref="AdamUpdater"/>: those that are not contiguous, and float16 ones, whose moments are in float32.
/// </summary>
internal sealed class FusedAdamUpdater(AdamRule rule, int parameterCount) : Updater
{
    private readonly State?[] _states = new State?[parameterCount];
    private readonly List<Batch> _batches = [];
    private readonly List<TrainedParameter> _others = [];
    private readonly AdamUpdater _updaterOfOthers = new(rule, parameterCount);

    public override void Update(ReadOnlySpan<TrainedParameter> parameters)
    {
        _others.Clear();
        var used = 0;
        foreach (var trained in parameters)
        {
            var state = _states[trained.Index];
            if (state is null && IsFusable(trained.Value))
            {
                state = _states[trained.Index] = new State(trained.Value);
            }

            if (state is null)
            {
                _others.Add(trained);
                continue;
            }

            BatchOf((trained.LearningRate, trained.WeightDecay, state.Type), ref used).Add(trained.Value, state);
        }

        foreach (var batch in CollectionsMarshal.AsSpan(_batches)[..used])
        {
            batch.Update(rule);
        }

        if (_others.Count > 0)
        {
            _updaterOfOthers.Update(CollectionsMarshal.AsSpan(_others));
        }
    }

    public override void Forget(TrainedParameter parameter)
    {
        _states[parameter.Index]?.Dispose();
        _states[parameter.Index] = null;
        _updaterOfOthers.Forget(parameter);
    }

    public override void DescribeState(StateDescription state, IReadOnlyList<TrainedParameter> parameters) => AdamState.Describe(
        state,
        parameters,
        trained => _states[trained.Index] ?? _updaterOfOthers.Of(trained),
        trained => IsFusable(trained.Value) ? _states[trained.Index] = new State(trained.Value) : _updaterOfOthers.Start(trained),
        Forget);

    public override void Dispose()
    {
        foreach (var state in _states)
        {
            state?.Dispose();
        }

        _updaterOfOthers.Dispose();
    }

    private static bool IsFusable(Tensor value) =>
        value.dtype is ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16 && value.is_contiguous();

    /// <summary>The batch of this step with a key, among those used so far or, if there is none, the next.</summary>
    private Batch BatchOf((double LearningRate, double WeightDecay, ScalarType Type) key, ref int used)
    {
        for (var i = 0; i < used; i++)
        {
            if (_batches[i].Key == key)
            {
                return _batches[i];
            }
        }

        if (used == _batches.Count)
        {
            _batches.Add(new Batch());
        }

        var next = _batches[used++];
        next.Begin(key);
        return next;
    }

    private sealed class State(Tensor value) : IAdamMoments
    {
        public readonly ScalarType Type = value.dtype;
        public readonly Tensor Steps = tensor(0f, value.device).DetachFromDisposeScope();

        public Tensor First { get; } = ZerosLike(value);

        public Tensor Second { get; } = ZerosLike(value);

        long IAdamMoments.Steps
        {
            get
            {
                using var steps = Steps.cpu();
                return (long)steps.ToSingle();
            }

            set
            {
                using Scalar steps = (float)value;
                Steps.fill_(steps);
            }
        }

        public void Dispose()
        {
            First.Dispose();
            Second.Dispose();
            Steps.Dispose();
        }
    }

    /// <summary>Parameters that are updated by one call.</summary>
    private sealed class Batch
    {
        private readonly TensorList _weights = new();
        private readonly TensorList _first = new();
        private readonly TensorList _second = new();
        private readonly TensorList _steps = new();

        public (double LearningRate, double WeightDecay, ScalarType Type) Key { get; private set; }

        public void Begin((double LearningRate, double WeightDecay, ScalarType Type) key)
        {
            Key = key;
            _weights.Clear();
            _first.Clear();
            _second.Clear();
            _steps.Clear();
        }

        public void Add(Tensor value, State state)
        {
            _weights.Add(value);
            _first.Add(state.First);
            _second.Add(state.Second);
            _steps.Add(state.Steps);
        }

        public void Update(AdamRule rule)
        {
            _weights.Close();
            _first.Close();
            _second.Close();
            _steps.Close();
            FusedAdam.Update(rule, Key.LearningRate, Key.WeightDecay, _weights, _first, _second, _steps);
        }
    }
}
