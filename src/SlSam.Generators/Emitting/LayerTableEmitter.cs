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
            switch (layer.Form)
            {
                case LayerForm.ModuleList:
                    writer.Line($"for (var i = 0; i < {StageOffsetText.CountOf(new StageList(member, layer.IsNullable))}; i++)");
                    var name = "$" + Names.Literal(EscapeBraces(layer.Name) + "[{i}]");
                    writer.Continuation(Add(layer, name, layer.IsNullable ? $"{member}![i]" : $"{member}[i]"));
                    continue;
                case var _ when layer.IsNullable:
                    writer.Line($"if ({member} is not null)");
                    writer.Continuation(AddOne(layer, member));
                    continue;
                default:
                    writer.Line(AddOne(layer, member));
                    continue;
            }
        }
    }

    private static string EscapeBraces(string text) => text.Replace("{", "{{").Replace("}", "}}");

    private static string AddOne(LayerSpec layer, string member)
        => Add(layer, Names.Literal(layer.Name), member);

    private static string Add(LayerSpec layer, string name, string content)
        => $"layers.Add(new {Names.SamLayer}({name}, {Names.SamLayerKind}.{layer.Kind}, {Stage(layer)}, {content}));";

    private static string Stage(LayerSpec layer)
    {
        if (layer.Stage is not { } offset)
            return "-1";
        return layer.Form == LayerForm.ModuleList ? StageOffsetText.Sum(offset, "i") : StageOffsetText.Sum(offset);
    }
}
