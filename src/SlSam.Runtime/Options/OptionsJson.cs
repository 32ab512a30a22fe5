using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SlSam;

/// <summary>
/// Options as JSON, by code that the compiler writes: no reflection. What JSON leaves out keeps its default, which the serializer alone would not do for
/// properties that are set once.
/// </summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(SharpnessOptions))]
[JsonSerializable(typeof(Preset))]
internal sealed partial class OptionsJson : JsonSerializerContext
{
    /// <summary>The property that names the method.</summary>
    public const string Method = "method";

    private static readonly Dictionary<string, Func<SharpnessOptions>> s_methods = new(StringComparer.Ordinal)
    {
        [MethodNames.SlSam] = () => new SlSamOptions(),
        [MethodNames.Sam] = () => new SamOptions(),
        [MethodNames.LayerWiseSam] = () => new LayerWiseSamOptions(),
        [MethodNames.RandomStep] = () => new RandomStepOptions(),
        [MethodNames.Uniform] = () => new UniformOptions(),
        [MethodNames.Plain] = () => new PlainOptions(),
    };

    public static SharpnessOptions Read(string json)
    {
        var given = JsonNode.Parse(json) as JsonObject ?? throw new JsonException("The options are not a JSON object.");
        var name = given[Method]?.ToString();
        if (name is null || !s_methods.TryGetValue(name, out var create))
        {
            throw new JsonException($"The property 'method' is {(name is null ? "missing" : $"'{name}'")}; valid are {string.Join(", ", s_methods.Keys)}.");
        }

        var whole = (JsonObject)JsonSerializer.SerializeToNode(create(), Default.SharpnessOptions)!;
        foreach (var (key, value) in given)
        {
            whole[key] = Complete(key, value);
        }

        return whole.Deserialize(Default.SharpnessOptions)!;
    }

    private static JsonNode? Complete(string key, JsonNode? value)
    {
        if (value is not JsonObject given || DefaultOf(key) is not { } whole)
        {
            return value?.DeepClone();
        }

        foreach (var (name, member) in given)
        {
            whole[name] = member?.DeepClone();
        }

        return whole;
    }

    /// <summary>A part of the options, of which JSON may give some properties only.</summary>
    private static JsonNode? DefaultOf(string key) => key switch
    {
        "adaptive" => JsonSerializer.SerializeToNode(new AdaptiveOptions(), Default.AdaptiveOptions),
        "elementMask" => JsonSerializer.SerializeToNode(new ElementMaskOptions(), Default.ElementMaskOptions),
        "sparse" => JsonSerializer.SerializeToNode(new SparseOptions(), Default.SparseOptions),
        "balancedness" => JsonSerializer.SerializeToNode(new BarOptions(), Default.BalancednessOptions),
        _ => null,
    };
}
