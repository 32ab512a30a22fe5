using SlSam.Generators.Parsing;

namespace SlSam.Generators.Emitting;

/// <summary>Prints the low-rank pairs: in one method, or in one that derived models add theirs to. A model without pairs gets none.</summary>
internal static class LoraPairEmitter
{
    /// <summary>Whether the class adds the method to a base model that has none, and so implements the interface anew.</summary>
    public static bool ImplementsAnew(SamModelSpec spec) => spec is { ExtendsModel: true, ExtendsLoraPairs: false, LoraPairs.Count: > 0 };

    public static void Emit(CodeWriter writer, SamModelSpec spec)
    {
        if (spec.LoraPairs.Count == 0)
            return;

        var isOpen = spec.ExtendsLoraPairs || !spec.Declaration.IsSealed;
        if (!spec.ExtendsLoraPairs)
        {
            writer.Separate();
            writer.Line("/// <inheritdoc/>");
            writer.Line(Names.Attributes);
            writer.Line($"{Names.IReadOnlyList}<{Names.LoraPair}> {Names.ISamModel}.{EmittedNames.CreateLoraPairs}()");
            writer.OpenBlock();
            writer.Line($"var pairs = new {Names.List}<{Names.LoraPair}>();");
            if (isOpen)
                writer.Line($"{EmittedNames.AddLoraPairs}(pairs);");
            else
                EmitPairs(writer, spec);
            writer.Line("return pairs;");
            writer.CloseBlock();
        }

        if (isOpen)
            EmitAddLoraPairs(writer, spec);
    }

    private static void EmitAddLoraPairs(CodeWriter writer, SamModelSpec spec)
    {
        writer.Separate();
        writer.Line("/// <summary>Adds the low-rank pairs to the list: base classes first, each in the order of its declaration.</summary>");
        writer.Line("/// <param name=\"pairs\">The list.</param>");
        writer.Line(Names.Attributes);
        var modifier = spec.ExtendsLoraPairs ? "override" : "virtual";
        writer.Line($"protected {modifier} void {EmittedNames.AddLoraPairs}({Names.List}<{Names.LoraPair}> pairs)");
        writer.OpenBlock();
        if (spec.ExtendsLoraPairs)
            writer.Line($"base.{EmittedNames.AddLoraPairs}(pairs);");
        EmitPairs(writer, spec);
        writer.CloseBlock();
    }

    private static void EmitPairs(CodeWriter writer, SamModelSpec spec)
    {
        foreach (var pair in spec.LoraPairs)
        {
            if (pair.Form == LoraPairForm.FactorLists)
                EmitLengthCheck(writer, pair);

            if (pair.Form is LoraPairForm.FactorLists or LoraPairForm.AdapterList or LoraPairForm.ModelList)
            {
                writer.Line($"for (var i = 0; i < {StageOffsetText.ElementsOf(Names.Member(pair.Member), pair.IsNullable)}; i++)");
                writer.Continuation(
                    Add(pair, Names.ElementLiteral(pair.Name), Element(pair.Member, pair.IsNullable), PartnerElement(pair)));
            }
            else if (Guards(pair).ToList() is { Count: > 0 } guards)
            {
                writer.Line($"if ({string.Join(" && ", guards)})");
                writer.Continuation(AddOne(pair));
            }
            else
            {
                writer.Line(AddOne(pair));
            }
        }
    }

    private static void EmitLengthCheck(CodeWriter writer, LoraPairSpec pair)
    {
        var (a, b) = (Names.Member(pair.Member), Names.Member(pair.Partner!));
        var (countOfA, countOfB) = (StageOffsetText.ElementsOf(a, pair.IsNullable), StageOffsetText.ElementsOf(b, pair.IsPartnerNullable));
        writer.Line($"if ({countOfA} != {countOfB})");
        writer.OpenBlock();
        writer.Line($"throw new {Names.InvalidOperationException}(");
        writer.Continuation(
            $"$\"{Plain(pair.Member)} has {{{countOfA}}} elements and its partner {Plain(pair.Partner!)} has {{{countOfB}}}; "
            + "each low-rank pair needs one of both.\");");
        writer.CloseBlock();
        writer.Line();
    }

    private static IEnumerable<string> Guards(LoraPairSpec pair)
    {
        if (pair.IsNullable)
            yield return $"{Names.Member(pair.Member)} is not null";
        if (pair.IsPartnerNullable)
            yield return $"{Names.Member(pair.Partner!)} is not null";
    }

    private static string AddOne(LoraPairSpec pair)
        => Add(pair, Names.Literal(pair.Name), Names.Member(pair.Member), pair.Partner is null ? "" : Names.Member(pair.Partner));

    private static string Add(LoraPairSpec pair, string name, string member, string partner) => pair.Form switch
    {
        LoraPairForm.Adapter or LoraPairForm.AdapterList => $"pairs.Add((({Names.ILoraAdapter}){member}).CreatePair({name}));",
        LoraPairForm.Model or LoraPairForm.ModelList => $"pairs.AddRange({Names.LoraPair}.Expand({name}, {member}));",
        _ => $"pairs.Add(new {Names.LoraPair}({name}, {member}, {partner}));",
    };

    private static string Element(string member, bool isNullable) => $"{Names.Member(member)}{(isNullable ? "!" : "")}[i]";

    private static string PartnerElement(LoraPairSpec pair) => pair.Partner is null ? "" : Element(pair.Partner, pair.IsPartnerNullable);

    /// <summary>A member as a message names it, inside an interpolated string.</summary>
    private static string Plain(string member) => member.Substring(member.LastIndexOf('.') + 1).TrimStart('@');
}
