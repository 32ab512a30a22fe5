using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>SGD: the same floating-point operations in the same order as TorchSharp's and PyTorch's own, for all parameters in one call.</summary>
internal sealed class SgdUpdater(SgdRule rule, int parameterCount) : Updater
{
    private readonly Tensor?[] _buffers = new Tensor?[parameterCount];
    private readonly TensorList _weights = new();
    private readonly TensorList _momentum = new();
    private readonly CoefficientTable _coefficients = new(columns: 3);

    public override void Update(ReadOnlySpan<TrainedParameter> parameters)
    {
        var hasMomentum = rule.Momentum != 0;
        var rows = _coefficients.Rows(parameters.Length);
        for (var i = 0; i < parameters.Length; i++)
        {
            var trained = parameters[i];
            rows[3 * i] = trained.LearningRate;
            rows[3 * i + 1] = trained.WeightDecay;
            rows[3 * i + 2] = _buffers[trained.Index] is null ? 1 : 0;
            if (hasMomentum)
            {
                _buffers[trained.Index] ??= ZerosLike(trained.Value);
            }
        }

        _weights.Set(parameters, static trained => trained.Value);
        if (hasMomentum)
        {
            _momentum.Set(parameters, trained => _buffers[trained.Index]!);
        }

        using Scalar momentum = rule.Momentum;
        using Scalar dampening = rule.Dampening;
        MultiTensorProgram.Invoke("sgd", _weights.Items, _momentum.Items, parameters.Length, _coefficients.Table, momentum, dampening, rule.Nesterov);
    }

    public override void Forget(TrainedParameter parameter)
    {
        _buffers[parameter.Index]?.Dispose();
        _buffers[parameter.Index] = null;
    }

    public override void DescribeState(StateDescription state, IReadOnlyList<TrainedParameter> parameters)
    {
        foreach (var trained in parameters)
        {
            state.Tensors(
                $"{TrainedState.PartOf(trained)}/momentum",
                [""],
                () => _buffers[trained.Index] is { } buffer ? [buffer] : null,
                saved => Set(trained, saved?[0]),
                (reader, _) => new TensorForm(trained.Type, reader.ShapeOf(trained)));
        }

        void Set(TrainedParameter trained, SavedTensor? saved)
        {
            Forget(trained);
            if (saved is { } momentum)
            {
                momentum.CopyTo(_buffers[trained.Index] = ZerosLike(trained.Value));
            }
        }
    }

    public override void Dispose()
    {
        _coefficients.Dispose();
        foreach (var buffer in _buffers)
        {
            buffer?.Dispose();
        }
    }
}
