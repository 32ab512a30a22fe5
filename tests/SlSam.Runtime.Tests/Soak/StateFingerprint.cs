using System.Security.Cryptography;
using System.Text.Json;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Soak;

/// <summary>
/// Everything that later steps depend on, to the bit: what a training checkpoint would hold, which parameters require gradients, and which have one.
/// </summary>
internal sealed class StateFingerprint
{
    private readonly Dictionary<string, string> _parts = new(StringComparer.Ordinal);

    public StateFingerprint(SharpnessAwareOptimizer optimizer)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            var writer = new StateWriter(json);
            json.WriteStartObject();
            foreach (var entry in RunState.Describe(optimizer, schedule: null, trainedOnly: false))
            {
                entry.Save(writer);
            }

            json.WriteEndObject();
            json.Flush();
            foreach (var (name, tensor) in writer.Weights.Concat(writer.Others))
            {
                _parts[name] = Convert.ToHexString(SHA256.HashData(tensor.detach().contiguous().bytes));
            }
        }

        using var document = JsonDocument.Parse(text.ToArray());
        foreach (var property in document.RootElement.EnumerateObject())
        {
            _parts[property.Name] = property.Value.GetRawText();
        }

        foreach (var (name, parameter) in optimizer.Model.named_parameters())
        {
            _parts[$"requires_grad/{name}"] = parameter.requires_grad.ToString();
        }
    }

    /// <summary>The names of what differs.</summary>
    /// <param name="other">Another fingerprint.</param>
    public string[] Differing(StateFingerprint other) =>
        [.. _parts.Keys.Union(other._parts.Keys).Where(name => _parts.GetValueOrDefault(name) != other._parts.GetValueOrDefault(name)).Order()];

    /// <summary>
    /// The names of what a refused step has changed. A choice of layers that was made for it stands for the next: the draws that it took are not given back, and
    /// float32 masters that it made of weights in half precision are kept.
    /// </summary>
    /// <param name="after">The state after it.</param>
    /// <param name="spends">Whether the choice was spent, since the loss did not depend on it.</param>
    public string[] ChangedByRefusedStep(StateFingerprint after, bool spends)
    {
        var stays = _parts["choice/stands"] == "true" && !spends;
        return [.. Differing(after).Where(name => name != "choice/roles" && (stays || !IsChoice(name)) && !IsNewMaster(name))];
    }

    private bool IsNewMaster(string name) => name.StartsWith("master/", StringComparison.Ordinal) && !_parts.ContainsKey(name);

    private static bool IsChoice(string name) =>
        name.StartsWith("choice/", StringComparison.Ordinal)
        || (name.StartsWith("selector/", StringComparison.Ordinal) && !name.StartsWith("selector/bandit/", StringComparison.Ordinal));
}
