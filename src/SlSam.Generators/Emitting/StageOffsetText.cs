using System.Globalization;
using SlSam.Generators.Parsing;

namespace SlSam.Generators.Emitting;

/// <summary>Spells a number of stages as an expression: <c>1 + blocks.Count</c>.</summary>
internal static class StageOffsetText
{
    public static string Sum(StageOffset offset, string? and = null)
        => and is null && IsConstant(offset) ? Number(offset.Constant) : string.Join(" + ", Terms(offset, and));

    /// <summary>What is left when the offset is taken from an expression: <c>stage - (1 + blocks.Count)</c>.</summary>
    public static string Difference(string from, StageOffset offset)
    {
        if (offset.Constant == 0 && IsConstant(offset))
            return from;
        var terms = Terms(offset, null);
        return terms.Count == 1 ? $"{from} - {terms[0]}" : $"{from} - ({Sum(offset)})";
    }

    /// <summary>The number of the stage after those of a member.</summary>
    public static string End(StageSpec stage)
    {
        if (stage.Form is StageForm.ModuleList or StageForm.Model or StageForm.ModelList)
            return Sum(stage.Offset, CountOf(new StageGroup(stage.Form, stage.Member, stage.IsNullable)));
        return stage.Offset.IsLong ? Sum(stage.Offset, "1") : Sum(stage.Offset with { Constant = stage.Offset.Constant + 1 });
    }

    /// <summary>The number of stages that a member takes.</summary>
    public static string CountOf(StageGroup group) => CountOf(group.Form, Names.Member(group.Member), group.IsNullable);

    /// <summary>The number of elements of a list.</summary>
    public static string ElementsOf(string list, bool isNullable) => isNullable ? $"({list}?.Count ?? 0)" : $"{list}.Count";

    private static string CountOf(StageForm form, string member, bool isNullable) => (form, isNullable) switch
    {
        (StageForm.Model, false) => $"{member}.{EmittedNames.StageCount}",
        (StageForm.Model, true) => $"({member}?.{EmittedNames.StageCount} ?? 0)",
        (StageForm.ModelList, false) => $"{Names.Sum}({member}, model => model.{EmittedNames.StageCount})",
        (StageForm.ModelList, true) => $"({member} is null ? 0 : {CountOf(form, member, isNullable: false)})",
        _ => ElementsOf(member, isNullable),
    };

    private static bool IsConstant(StageOffset offset) => offset is { AfterBase: false, Groups.Count: 0 };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static List<string> Terms(StageOffset offset, string? and)
    {
        var terms = new List<string>();
        if (offset.IsLong)
        {
            terms.Add($"{EmittedNames.FirstStage}({Number(offset.Position)})");
        }
        else
        {
            if (offset.AfterBase)
                terms.Add($"base.{EmittedNames.StageCount}");
            if (offset.Constant != 0)
                terms.Add(Number(offset.Constant));
            foreach (var group in offset.Groups)
                terms.Add(CountOf(group));
        }

        if (and is not null)
            terms.Add(and);
        return terms.Count > 0 ? terms : ["0"];
    }
}
