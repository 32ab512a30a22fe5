using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// The float32 master of a parameter in half precision: a step measures, perturbs and updates it as it does a parameter, and the parameter is what it rounds to.
/// An update smaller than half of the distance between two numbers of the narrow type adds up here until it shows there.
/// </summary>
/// <remarks>
/// Master and parameter agree by value alone: where a parameter is not what its master rounds to, it has been changed from outside, and the step begins with
/// what is there. So a state that is loaded, or a weight that is merged into, is never overwritten.
/// </remarks>
internal sealed class MasterWeight : IDisposable
{
    /// <summary>Copies a parameter.</summary>
    public MasterWeight(Parameter parameter)
    {
        using var _ = no_grad();
        Values = parameter.detach().to(ScalarType.Float32).DetachFromDisposeScope();
        using var gradient = zeros_like(Values);
        Values.grad = gradient;
    }

    /// <summary>The values, of the parameter's shape; their gradient is the step's.</summary>
    public Tensor Values { get; }

    public void Dispose() => Values.Dispose();
}
