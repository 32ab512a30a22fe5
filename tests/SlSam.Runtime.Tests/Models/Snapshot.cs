using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Models;

/// <summary>A copy of everything in a model, to be held against what it became.</summary>
internal sealed class Snapshot(nn.Module model)
{
    private readonly Dictionary<string, Tensor> _state = model.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone());

    /// <summary>The names of the tensors whose bits are no longer the same.</summary>
    public string[] Changed() => Differing(model);

    /// <summary>The names of the tensors that have other bits in another model of the same kind.</summary>
    public string[] Differing(nn.Module other) => [.. other.state_dict().Where(pair => !Same(pair.Value, _state[pair.Key])).Select(pair => pair.Key)];

    /// <summary>Whether two tensors hold the same values.</summary>
    public static bool Same(Tensor left, Tensor right) => left.eq(right).all().item<bool>();
}
