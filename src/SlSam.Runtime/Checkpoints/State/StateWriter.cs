using System.Text.Json;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>Takes a state down: tensors for a safetensors file, everything else as members of a JSON object.</summary>
internal sealed class StateWriter(Utf8JsonWriter json)
{
    private readonly List<KeyValuePair<string, Tensor>> _weights = [];
    private readonly List<KeyValuePair<string, Tensor>> _others = [];

    /// <summary>The model's weights, which the writer does not own.</summary>
    public IReadOnlyList<KeyValuePair<string, Tensor>> Weights => _weights;

    /// <summary>All other tensors, which the writer does not own either.</summary>
    public IReadOnlyList<KeyValuePair<string, Tensor>> Others => _others;

    public void Add(string name, Tensor tensor, bool isWeight = false) => (isWeight ? _weights : _others).Add(new(name, tensor));

    /// <summary>Begins a member, whose value the caller writes.</summary>
    public Utf8JsonWriter Begin(string name)
    {
        json.WritePropertyName(name);
        return json;
    }
}
