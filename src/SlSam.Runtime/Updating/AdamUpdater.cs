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

    /// <summary>The moments of one parameter; of a float16 one in float32, since the square of a small gradient would vanish, and its root divide by 0.</summary>
    private sealed class Moments(Tensor value) : IDisposable
    {
        public readonly Tensor First = Zeros(value);
        public readonly Tensor Second = Zeros(value);
        public long Steps;

        public void Dispose()
        {
            First.Dispose();
            Second.Dispose();
        }

        private static Tensor Zeros(Tensor value) =>
            value.dtype == ScalarType.Float16 ? zeros_like(value, ScalarType.Float32).DetachFromDisposeScope() : ZerosLike(value);
    }

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

    public override void Dispose()
    {
        _coefficients.Dispose();
        foreach (var moments in _moments)
        {
            moments?.Dispose();
        }
    }
}
