using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// Adam and AdamW: the same floating-point operations in the same order as TorchSharp's and PyTorch's own, for all parameters in one call. Those of a
/// float16 parameter are done in float32, and what comes out is rounded to float16.
/// </summary>
internal sealed class AdamUpdater(AdamRule rule, int parameterCount) : Updater
{
    private readonly Moments?[] _moments = new Moments?[parameterCount];
    private readonly TensorList _weights = new();
    private readonly TensorList _first = new();
    private readonly TensorList _second = new();
    private readonly CoefficientTable _coefficients = new(columns: 4);

    /// <summary>The moments of one parameter.</summary>
    private sealed class Moments(Tensor value) : IAdamMoments
    {
        public Tensor First { get; } = Zeros(value);

        public Tensor Second { get; } = Zeros(value);

        public long Steps { get; set; }

        public void Dispose()
        {
            First.Dispose();
            Second.Dispose();
        }

        private static Tensor Zeros(Tensor value) => zeros_like(value, TypeFor(value.dtype)).DetachFromDisposeScope();
    }

    /// <summary>The type of a parameter's moments: of a float16 one float32, since the square of a small gradient would vanish, and its root divide by 0.</summary>
    public static ScalarType TypeFor(ScalarType type) => type == ScalarType.Float16 ? ScalarType.Float32 : type;

    /// <summary>The moments of a parameter; null where it has none yet.</summary>
    public IAdamMoments? Of(TrainedParameter trained) => _moments[trained.Index];

    /// <summary>Gives a parameter moments of 0.</summary>
    public IAdamMoments Start(TrainedParameter trained) => _moments[trained.Index] = new Moments(trained.Value);

    public override void Update(ReadOnlySpan<TrainedParameter> parameters)
    {
        var rows = _coefficients.Rows(parameters.Length);
        for (var i = 0; i < parameters.Length; i++)
        {
            var trained = parameters[i];
            var moments = _moments[trained.Index] ??= new Moments(trained.Value);
            moments.Steps++;
            var learningRate = trained.LearningRate;
            var weightDecay = trained.WeightDecay;
            rows[4 * i] = rule.Decoupled ? 1 - learningRate * weightDecay : 1;
            rows[4 * i + 1] = rule.Decoupled ? 0 : weightDecay;
            rows[4 * i + 2] = Math.Sqrt(1 - Math.Pow(rule.Beta2, moments.Steps));
            rows[4 * i + 3] = learningRate / (1 - Math.Pow(rule.Beta1, moments.Steps));
        }

        _weights.Set(parameters, static trained => trained.Value);
        _first.Set(parameters, trained => _moments[trained.Index]!.First);
        _second.Set(parameters, trained => _moments[trained.Index]!.Second);
        using Scalar beta1 = rule.Beta1;
        using Scalar beta2 = rule.Beta2;
        using Scalar epsilon = rule.Epsilon;
        MultiTensorProgram.Invoke("adam", _weights.Items, _first.Items, _second.Items, parameters.Length, _coefficients.Table, beta1, beta2, epsilon);
    }

    public override void Forget(TrainedParameter parameter)
    {
        _moments[parameter.Index]?.Dispose();
        _moments[parameter.Index] = null;
    }

    public override void DescribeState(StateDescription state, IReadOnlyList<TrainedParameter> parameters) =>
        AdamState.Describe(state, parameters, Of, Start, Forget);

    public override void Dispose()
    {
        _coefficients.Dispose();
        foreach (var moments in _moments)
        {
            moments?.Dispose();
        }
    }
}
