using System.Globalization;
using System.Text.Json;

namespace SlSam;

/// <summary>Describes what an optimizer is to do, as data.</summary>
internal static class RunDescription
{
    /// <summary>The method, the update rule, and what the caller says.</summary>
    public static RunConfiguration Configuration(SharpnessAwareOptimizer optimizer, IReadOnlyDictionary<string, string> settings)
    {
        var (rule, ruleSettings) = Rule(optimizer.Rule);
        var options = Options(optimizer.Options);
        return new RunConfiguration
        {
            Model = optimizer.ModelName,
            Method = options is { } known ? known.GetProperty(OptionsJson.Method).GetString()! : optimizer.Options.GetType().Name,
            Options = options,
            Rule = rule,
            RuleSettings = ruleSettings,
            Settings = new Dictionary<string, string>(settings),
        };
    }

    /// <summary>The layers of the model, frozen ones among them.</summary>
    public static IReadOnlyList<RunLayer> Layers(SharpnessAwareOptimizer optimizer) =>
    [
        .. optimizer.Layers.Select(layer => new RunLayer
        {
            Name = layer.Name,
            Kind = layer.Kind,
            Stage = layer.Stage,
            Parameters = layer.Parameters.Sum(named => named.Parameter.numel()),
            Cost = layer.Cost,
            AlwaysActive = layer.AlwaysActive,
            Frozen = layer.Frozen,
        }),
    ];

    private static JsonElement? Options(SharpnessOptions options)
    {
        try
        {
            using var document = JsonDocument.Parse(options.ToJson());
            return document.RootElement.Clone();
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private static (string Name, Dictionary<string, string> Settings) Rule(UpdateRule rule)
    {
        var settings = new Dictionary<string, string>
        {
            ["learningRate"] = Text(rule.LearningRate),
            ["weightDecay"] = Text(rule.WeightDecay),
            ["decayedTensors"] = rule.DecayedTensors.ToString(),
            ["loraPlusRatio"] = Text(rule.LoraPlusRatio),
            ["clipping"] = rule.Clipping switch
            {
                NormClipping norm => $"norm {Text(norm.Maximum)}",
                ValueClipping value => $"value {Text(value.Maximum)}",
                _ => "none",
            },
        };
        switch (rule)
        {
            case AdamRule adam:
                settings["beta1"] = Text(adam.Beta1);
                settings["beta2"] = Text(adam.Beta2);
                settings["epsilon"] = Text(adam.Epsilon);
                return (adam.Decoupled ? "AdamW" : "Adam", settings);
            case SgdRule sgd:
                settings["momentum"] = Text(sgd.Momentum);
                settings["dampening"] = Text(sgd.Dampening);
                settings["nesterov"] = sgd.Nesterov ? "yes" : "no";
                return ("SGD", settings);
            default:
                return (rule.GetType().Name, settings);
        }
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
