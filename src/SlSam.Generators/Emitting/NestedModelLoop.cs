using SlSam.Generators.Parsing;

namespace SlSam.Generators.Emitting;

/// <summary>Prints the loop over a list of staged models, in which <c>first</c> is the number of the first stage of element <c>i</c>.</summary>
internal static class NestedModelLoop
{
    public static void Open(CodeWriter writer, StageSpec stage)
    {
        writer.Line(Head(Names.Member(stage.Member), stage.IsNullable, stage.Offset));
        writer.OpenBlock();
    }

    public static string Head(string list, bool isNullable, StageOffset offset)
    {
        var end = StageOffsetText.ElementsOf(list, isNullable);
        var next = $"{list}{(isNullable ? "!" : "")}[i++].{EmittedNames.StageCount}";
        return $"for (int i = 0, first = {StageOffsetText.Sum(offset)}; i < {end}; first += {next})";
    }

    public static string Element(StageSpec stage) => $"{Names.Member(stage.Member)}{(stage.IsNullable ? "!" : "")}[i]";
}
