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
        using (var document = JsonDocument.Parse(json))
        {
            StrictJson.Require(document.RootElement);
        }

        var given = JsonNode.Parse(json) as JsonObject ?? throw new JsonException("The options are not a JSON object.");
        var name = given[Method]?.ToString();
        if (name is null || !s_methods.TryGetValue(name, out var create))
        {
            throw new JsonException($"The property 'method' is {(name is null ? "missing" : $"'{name}'")}; valid are {string.Join(", ", s_methods.Keys)}.");
        }

        var whole = (JsonObject)JsonSerializer.SerializeToNode(create(), Default.SharpnessOptions)!;
        foreach (var (key, value) in given)
        {
            Check(whole, "", key, value);
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
            Check(whole, $"{key}.", name, member);
            whole[name] = Complete(name, member);
        }

        return whole;
    }

    /// <summary>Refuses a property that the options have not, and null for one whose default is a value.</summary>
    private static void Check(JsonObject whole, string path, string key, JsonNode? value)
    {
        if (!whole.TryGetPropertyValue(key, out var initial))
        {
            throw new JsonException($"There is no property '{path}{key}'; valid are {string.Join(", ", whole.Select(property => property.Key))}.");
        }

        if (value is null && initial is not null)
        {
            throw new JsonException($"The property '{path}{key}' is null, but must have a value; leave it out for its default.");
        }
    }

    /// <summary>A part of the options, of which JSON may give some properties only.</summary>
    private static JsonObject? DefaultOf(string key) => (JsonObject?)(key switch
    {
        "adaptive" => JsonSerializer.SerializeToNode(new AdaptiveOptions(), Default.AdaptiveOptions),
        "elementMask" => JsonSerializer.SerializeToNode(new ElementMaskOptions(), Default.ElementMaskOptions),
        "sparse" => JsonSerializer.SerializeToNode(new SparseOptions(), Default.SparseOptions),
        "mixedPrecision" => JsonSerializer.SerializeToNode(new MixedPrecisionOptions(), Default.MixedPrecisionOptions),
        "lossScaling" => JsonSerializer.SerializeToNode(new LossScalingOptions(), Default.LossScalingOptions),
        "balancedness" => JsonSerializer.SerializeToNode(new BarOptions(), Default.BalancednessOptions),
        _ => null,
    });
}
