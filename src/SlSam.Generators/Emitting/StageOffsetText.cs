using System.Globalization;
using SlSam.Generators.Parsing;

namespace SlSam.Generators.Emitting;

/// <summary>Spells a number of stages as an expression: <c>1 + blocks.Count</c>.</summary>
internal static class StageOffsetText
{
    public static string Sum(StageOffset offset, string? and = null) => string.Join(" + ", Terms(offset, and));

    /// <summary>What is left when the offset is taken from an expression: <c>stage - (1 + blocks.Count)</c>.</summary>
    public static string Difference(string from, StageOffset offset)
    {
        if (offset is { AfterBase: false, Constant: 0, Lists.Count: 0 })
            return from;
        var terms = Terms(offset, null);
        return terms.Count == 1 ? $"{from} - {terms[0]}" : $"{from} - ({Sum(offset)})";
    }

    public static string CountOf(StageList list) => list.IsNullable ? $"({list.Member}?.Count ?? 0)" : $"{list.Member}.Count";

    private static List<string> Terms(StageOffset offset, string? and)
    {
        var terms = new List<string>();
        if (offset.AfterBase)
            terms.Add($"base.{EmittedNames.StageCount}");
        if (offset.Constant != 0)
            terms.Add(offset.Constant.ToString(CultureInfo.InvariantCulture));
        terms.AddRange(offset.Lists.Select(list => CountOf(list with { Member = Names.Member(list.Member) })));
        if (and is not null)
            terms.Add(and);
        return terms.Count > 0 ? terms : ["0"];
    }
}
