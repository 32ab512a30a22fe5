using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// A model as SynFlow looks at it, until this is disposed: every parameter in absolute value, activation modules skipped, normalization modules reduced
/// to their scale and shift (to normalize would make the sum of the outputs independent of what lies before). One byte for each entry of a parameter
/// holds its sign, from which the weights come back bit for bit.
/// </summary>
internal sealed class SynapticFlow : IDisposable
{
    private static readonly HashSet<string> s_activations = new(StringComparer.Ordinal)
    {
        "CELU", "ELU", "GELU", "Hardshrink", "Hardsigmoid", "Hardswish", "Hardtanh", "LeakyReLU", "LogSigmoid", "LogSoftmax",
        "Mish", "PReLU", "ReLU", "ReLU6", "RReLU", "SELU", "Sigmoid", "SiLU", "Softmax", "Softmax2d", "Softmin", "Softplus", "Softshrink", "Softsign",
        "Tanh", "Tanhshrink", "Threshold",
    };

    private readonly List<(Parameter Parameter, Tensor Negative)> _signs = [];
    private readonly List<Action> _removeHooks = [];

    public SynapticFlow(nn.Module model)
    {
        using (no_grad())
        {
            foreach (var parameter in model.parameters().Where(parameter => parameter.is_floating_point()))
            {
                _signs.Add((parameter, parameter.signbit().DetachFromDisposeScope()));
                parameter.abs_();
            }
        }

        foreach (var module in model.modules().OfType<nn.Module<Tensor, Tensor>>())
        {
            if (Linear(module) is { } linear)
            {
                var hook = module.register_forward_hook((_, input, _) => linear(input));
                _removeHooks.Add(hook.remove);
            }
        }
    }

    public void Dispose()
    {
        _removeHooks.ForEach(remove => remove());
        using var _ = no_grad();
        foreach (var (parameter, negative) in _signs)
        {
            using var opposite = parameter.neg();
            using var restored = where(negative, opposite, parameter);
            parameter.copy_(restored);
            negative.Dispose();
        }
    }

    /// <summary>What a module computes instead of its own function, or null where that is linear already.</summary>
    private static Func<Tensor, Tensor>? Linear(nn.Module module) => module switch
    {
        LayerNorm norm => input => Affine(input, norm.weight, norm.bias),
        GroupNorm norm => input => Affine(input, Channels(norm.weight, input), Channels(norm.bias, input)),
        NormBase norm => input => Affine(input, Channels(norm.weight, input), Channels(norm.bias, input)),
        _ when s_activations.Contains(module.GetType().Name) && module.GetType().Namespace == typeof(Linear).Namespace => input => input.alias(),
        _ => null,
    };

    private static Tensor Affine(Tensor input, Tensor? scale, Tensor? shift)
    {
        var scaled = scale is null ? input.alias() : input * scale;
        return shift is null ? scaled : scaled + shift;
    }

    /// <summary>A vector over the channels, which are the second dimension of the input.</summary>
    private static Tensor? Channels(Tensor? vector, Tensor input) =>
        vector?.reshape([-1, .. Enumerable.Repeat(1L, Math.Max(0, (int)input.dim() - 2))]);
}
