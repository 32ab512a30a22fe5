using Microsoft.CodeAnalysis.CSharp;
using SlSam.Generators.Parsing;

namespace SlSam.Generators.Emitting;

/// <summary>Prints the layer table: in one method, or in one that derived models add theirs to.</summary>
internal static class LayerTableEmitter
{
    public static void Emit(CodeWriter writer, SamModelSpec spec)
    {
        var isOpen = spec.ExtendsModel || !spec.Declaration.IsSealed;
        if (!spec.ExtendsModel)
        {
            writer.Separate();
            writer.Line("/// <inheritdoc/>");
            writer.Line(Names.Attributes);
            writer.Line($"{Names.IReadOnlyList}<{Names.SamLayer}> {Names.ISamModel}.{EmittedNames.CreateLayers}()");
            writer.OpenBlock();
            writer.Line($"var layers = new {Names.List}<{Names.SamLayer}>();");
            if (isOpen)
                writer.Line($"{EmittedNames.AddLayers}(layers);");
            else
                EmitLayers(writer, spec);
            writer.Line("return layers;");
            writer.CloseBlock();
        }

        if (isOpen && (spec.Layers.Count > 0 || !spec.ExtendsModel))
            EmitAddLayers(writer, spec);
    }

    private static void EmitAddLayers(CodeWriter writer, SamModelSpec spec)
    {
        writer.Separate();
        writer.Line("/// <summary>Adds the layers to the table: base classes first, each in the order of its declaration.</summary>");
        writer.Line("/// <param name=\"layers\">The table.</param>");
        writer.Line(Names.Attributes);
        var modifier = spec.ExtendsModel ? "override" : "virtual";
        writer.Line($"protected {modifier} void {EmittedNames.AddLayers}({Names.List}<{Names.SamLayer}> layers)");
        writer.OpenBlock();
        if (spec.ExtendsModel)
            writer.Line($"base.{EmittedNames.AddLayers}(layers);");
        EmitLayers(writer, spec);
        writer.CloseBlock();
    }

    private static void EmitLayers(CodeWriter writer, SamModelSpec spec)
    {
        foreach (var layer in spec.Layers)
        {
            var member = Names.Member(layer.Member);
            if (layer.Form is LayerForm.ModuleList or LayerForm.ModelList)
            {
                var element = layer.IsNullable ? $"{member}![i]" : $"{member}[i]";
                writer.Line(layer is { Form: LayerForm.ModelList, HasStages: true, Stage: { } offset }
                    ? NestedModelLoop.Head(member, layer.IsNullable, offset)
                    : $"for (var i = 0; i < {StageOffsetText.ElementsOf(member, layer.IsNullable)}; i++)");
                writer.Continuation(Add(layer, Names.ElementLiteral(layer.Name), element));
            }
            else if (layer.IsNullable)
            {
                writer.Line($"if ({member} is not null)");
                writer.Continuation(Add(layer, Names.Literal(layer.Name), member));
            }
            else
            {
                writer.Line(Add(layer, Names.Literal(layer.Name), member));
            }
        }
    }

    private static string Add(LayerSpec layer, string name, string content)
        => layer.Form is LayerForm.Model or LayerForm.ModelList
            ? $"layers.AddRange({Names.SamLayer}.Expand({name}, {Stage(layer)}, {content}{Arguments(layer)}));"
            : $"layers.Add(new {Names.SamLayer}({name}, {Names.SamLayerKind}.{layer.Kind}, {Stage(layer)}, {content}){Initializers(layer)});";

    private static string Stage(LayerSpec layer) => layer switch
    {
        { Stage: null } => "-1",
        { Form: LayerForm.ModelList, HasStages: true } => "first",
        { Form: LayerForm.ModuleList or LayerForm.ModelList } => StageOffsetText.Sum(layer.Stage, "i"),
        _ => StageOffsetText.Sum(layer.Stage),
    };

    private static string Initializers(LayerSpec layer)
    {
        var chosen = Options(layer).Select(option => option + " = true");
        if (Cost(layer) is { } cost)
            chosen = chosen.Append($"Cost = {cost}");
        var initializers = string.Join(", ", chosen);
        return initializers.Length == 0 ? "" : $" {{ {initializers} }}";
    }

    private static string Arguments(LayerSpec layer)
    {
        var chosen = Options(layer).Select(option => char.ToLowerInvariant(option[0]) + option.Substring(1) + ": true");
        if (layer is { Stage: not null, HasStages: false })
            chosen = chosen.Prepend("oneStage: true");
        if (Cost(layer) is { } cost)
            chosen = chosen.Append($"cost: {cost}");
        return string.Concat(chosen.Select(argument => ", " + argument));
    }

    private static string? Cost(LayerSpec layer)
        => layer.Cost is not (>= 0 and <= double.MaxValue) ? null : SymbolDisplay.FormatPrimitive(layer.Cost, quoteStrings: false, useHexadecimalNumbers: false);

    /// <summary>What is said of a layer, as <c>SamLayer</c> names it.</summary>
    private static IReadOnlyList<string> Options(LayerSpec layer)
    {
        if (layer is { AlwaysActive: false, Frozen: false, SparseDelta: false, DrawsRandomNumbers: false })
            return [];

        var options = new List<string>();
        if (layer.AlwaysActive)
            options.Add(nameof(layer.AlwaysActive));
        if (layer.Frozen)
            options.Add(nameof(layer.Frozen));
        if (layer.SparseDelta)
            options.Add(nameof(layer.SparseDelta));
        if (layer.DrawsRandomNumbers)
            options.Add(nameof(layer.DrawsRandomNumbers));
        return options;
    }
}
