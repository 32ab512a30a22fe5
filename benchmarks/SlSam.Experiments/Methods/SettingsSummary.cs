using System.Text.Json;
using System.Text.Json.Nodes;

namespace SlSam.Experiments.Methods;

/// <summary>A method's options as the results show them: its name, rho where it has one, and what is not the default.</summary>
internal static class SettingsSummary
{
    private const string Name = "method", Radius = "rho";

    /// <summary>The summary: JSON on one line.</summary>
    public static string Of(SharpnessOptions options)
    {
        var all = JsonNode.Parse(options.ToJson())!.AsObject();
        var defaults = JsonNode.Parse(SharpnessOptions.FromJson(new JsonObject { [Name] = all[Name]!.DeepClone() }.ToJsonString()).ToJson())!;
        var shown = all.Where(each =>
            each.Key == Name || (each.Key == Radius && options is not PlainOptions) || !JsonNode.DeepEquals(each.Value, defaults[each.Key]));
        return new JsonObject(shown.Select(each => KeyValuePair.Create(each.Key, each.Value?.DeepClone()))).ToJsonString(JsonSerializerOptions.Default);
    }
}
