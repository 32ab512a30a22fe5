using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>SGD: the same floating-point operations in the same order as TorchSharp's and PyTorch's own, for all parameters in one call.</summary>
internal sealed class SgdUpdater(SgdRule rule, int parameterCount) : Updater
{
    private readonly Tensor?[] _buffers = new Tensor?[parameterCount];

    public override void Update(ReadOnlySpan<TrainedParameter> parameters)
    {
        var weights = new Tensor[parameters.Length];
        var buffers = new Tensor[rule.Momentum == 0 ? 0 : parameters.Length];
        var coefficients = new double[parameters.Length, 3];
        for (var i = 0; i < parameters.Length; i++)
        {
            var trained = parameters[i];
            weights[i] = trained.Value;
            coefficients[i, 0] = trained.LearningRate;
            coefficients[i, 1] = trained.Group.WeightDecay;
            if (buffers.Length > 0)
            {
                coefficients[i, 2] = _buffers[trained.Index] is null ? 1 : 0;
                buffers[i] = _buffers[trained.Index] ??= ZerosLike(trained.Value);
            }
        }

        using var table = from_array(coefficients);
        using Scalar momentum = rule.Momentum;
        using Scalar dampening = rule.Dampening;
        MultiTensorProgram.Invoke("sgd", weights, buffers, table, momentum, dampening, rule.Nesterov);
    }

    public override void Forget(TrainedParameter parameter)
    {
        _buffers[parameter.Index]?.Dispose();
        _buffers[parameter.Index] = null;
    }

    public override void Dispose()
    {
        foreach (var buffer in _buffers)
        {
            buffer?.Dispose();
        }
    }
}
