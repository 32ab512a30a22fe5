using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// What a model is like while it is scored: in evaluation mode, so that dropout is off and running statistics stay still, gradients on, and every masked
/// weight requiring them. Disposed, it makes everything what it was.
/// </summary>
internal sealed class ScoringMode : IDisposable
{
    private readonly (nn.Module Module, bool Training)[] _training;
    private readonly (MaskedWeight Weight, bool RequiresGrad)[] _gradients;
    private readonly IDisposable _gradientMode;

    public ScoringMode(nn.Module model, IReadOnlyList<MaskedWeight> weights)
    {
        // A module comes before those in it, which its train() changes as well.
        _training = [(model, model.training), .. model.modules().Where(module => !ReferenceEquals(module, model)).Select(module => (module, module.training))];
        _gradients = [.. weights.Select(weight => (weight, weight.Parameter.requires_grad))];
        _gradientMode = enable_grad();
        model.eval();
        foreach (var weight in weights)
        {
            weight.Parameter.requires_grad = true;
        }
    }

    public void Dispose()
    {
        foreach (var (weight, requiresGrad) in _gradients)
        {
            weight.Parameter.requires_grad = requiresGrad;
        }

        foreach (var (module, training) in _training)
        {
            module.train(training);
        }

        _gradientMode.Dispose();
    }
}
