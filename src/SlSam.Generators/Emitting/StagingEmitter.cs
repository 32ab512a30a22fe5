using System.Globalization;
using SlSam.Generators.Parsing;

namespace SlSam.Generators.Emitting;

/// <summary>Prints the staged forward pass. A model that extends a staged one only adds its stages to those of its base.</summary>
internal static class StagingEmitter
{
    public static void Emit(CodeWriter writer, DeclarationSpec declaration, StagingSpec staging)
    {
        var modifier = staging.ExtendsBase ? "override " : declaration.IsSealed ? "" : "virtual ";
        EmitStageCount(writer, staging, modifier);
        // Offsets grow: where the last is short, all are.
        if (staging.Stages.Count > 0 && staging.Stages[staging.Stages.Count - 1].Offset.IsLong)
            EmitFirstStage(writer, staging);
        if (!staging.ExtendsBase)
        {
            EmitForward(writer, staging);
            EmitForwardTo(writer, declaration, staging);
            EmitForwardFrom(writer, declaration, staging);
            if (RunsStages(staging))
                EmitRunStages(writer, staging);
        }

        if (RunsStages(staging))
            EmitRunStage(writer, declaration, staging, $"{RunStageAccessibility(declaration, staging)} {modifier}");
    }

    /// <summary>Whether there are stages besides one that returns something else than a Tensor, which ForwardFrom runs itself.</summary>
    private static bool RunsStages(StagingSpec staging) => staging.ResultIsTensor || staging.Stages.Count > 1;

    /// <summary>A model that holds this one runs its stages, unless they end in something that no stage can take.</summary>
    private static string RunStageAccessibility(DeclarationSpec declaration, StagingSpec staging)
        => staging.ResultIsTensor ? "public" : declaration.IsSealed ? "private" : "protected";

    private static void EmitStageCount(CodeWriter writer, StagingSpec staging, string modifier)
    {
        writer.Separate();
        writer.Line("/// <summary>The number of stages that the forward pass consists of.</summary>");
        writer.Line(Names.Attributes);
        writer.Line($"public {modifier}int {EmittedNames.StageCount} => {Count(staging)};");
    }

    private static string Count(StagingSpec staging)
        => staging.Count.IsLong ? StageOffsetText.End(staging.Stages[staging.Stages.Count - 1]) : StageOffsetText.Sum(staging.Count);

    private static void EmitFirstStage(CodeWriter writer, StagingSpec staging)
    {
        writer.Separate();
        writer.Line("/// <summary>The first stage of a member with a stage: those before it may take more stages than one.</summary>");
        writer.Line("/// <param name=\"position\">The member's stage, as it is declared.</param>");
        writer.Line(Names.Attributes);
        writer.Line($"private int {EmittedNames.FirstStage}(int position) => position switch");
        writer.OpenBlock();
        for (var i = 1; i < staging.Stages.Count; i++)
        {
            if (staging.Stages[i].Offset is { IsLong: true, Position: var position })
                writer.Line($"{position.ToString(CultureInfo.InvariantCulture)} => {StageOffsetText.End(staging.Stages[i - 1])},");
        }

        writer.Line($"_ => throw new {Names.ArgumentOutOfRangeException}(nameof(position)),");
        writer.CloseBlock(";");
    }

    private static void EmitForward(CodeWriter writer, StagingSpec staging)
    {
        writer.Separate();
        writer.Line("/// <summary>Runs all stages.</summary>");
        EmitInputDocs(writer, staging);
        writer.Line("/// <returns>What the last stage returns.</returns>");
        writer.Line(Names.Attributes);
        var call = $"{EmittedNames.ForwardFrom}(0, {InputText.Arguments(staging.Inputs)})";
        writer.Line($"public override {staging.ResultType} {EmittedNames.Forward}({InputText.Parameters(staging.Inputs)}) => {call};");
    }

    private static void EmitForwardTo(CodeWriter writer, DeclarationSpec declaration, StagingSpec staging)
    {
        writer.Separate();
        writer.Line("/// <summary>Runs the stages before the given one.</summary>");
        writer.Line("/// <param name=\"stage\">The first stage that is not run.</param>");
        EmitInputDocs(writer, staging);
        writer.Line("/// <returns>The activation that enters the given stage; for stage 0 the input itself.</returns>");
        EmitRangeDocs(writer);
        writer.Line(Names.Attributes);
        writer.Line($"public {Names.Tensor} {EmittedNames.ForwardTo}(int stage, {InputText.Parameters(staging.Inputs)})");
        writer.OpenBlock();
        EmitRangeCheck(writer, declaration, staging);
        var activation = RunsStages(staging) ? $"{EmittedNames.RunStages}(0, stage, {InputText.Arguments(staging.Inputs)})" : staging.Inputs[0].Name;
        writer.Line($"return {activation};");
        writer.CloseBlock();
    }

    private static void EmitForwardFrom(CodeWriter writer, DeclarationSpec declaration, StagingSpec staging)
    {
        writer.Separate();
        writer.Line("/// <summary>Resumes the forward pass at the given stage.</summary>");
        writer.Line("/// <param name=\"stage\">The first stage that is run.</param>");
        writer.Line("/// <param name=\"activation\">What enters that stage.</param>");
        EmitInputDocs(writer, staging, afterFirst: true);
        writer.Line("/// <returns>What the last stage returns.</returns>");
        EmitRangeDocs(writer);
        writer.Line(Names.Attributes);
        writer.Line($"public {staging.ResultType} {EmittedNames.ForwardFrom}(int stage, {InputText.Parameters(staging.Inputs, first: "activation")})");
        writer.OpenBlock();
        EmitRangeCheck(writer, declaration, staging);
        var end = staging.ResultIsTensor ? EmittedNames.StageCount : "last";
        var activation = RunsStages(staging) ? $"{EmittedNames.RunStages}(stage, {end}, {InputText.Arguments(staging.Inputs, "activation")})" : "activation";
        var result = staging.ResultIsTensor ? activation : Call(declaration, staging, staging.Stages[staging.Stages.Count - 1], activation);
        writer.Line($"return {result};");
        writer.CloseBlock();
    }

    private static void EmitRunStages(CodeWriter writer, StagingSpec staging)
    {
        writer.Separate();
        writer.Line("/// <summary>Runs stages in order, and disposes at once what they leave behind.</summary>");
        writer.Line(Names.Attributes);
        writer.Line($"private {Names.Tensor} {EmittedNames.RunStages}(int first, int end, {InputText.Parameters(staging.Inputs, first: "activation")})");
        writer.OpenBlock();
        writer.Line("var owned = false;");
        writer.Line("for (var stage = first; stage < end; stage++)");
        writer.OpenBlock();
        writer.Line($"using var scope = {Names.NewDisposeScope};");
        writer.Line($"var next = {EmittedNames.RunStage}(stage, {InputText.Arguments(staging.Inputs, "activation")});");
        writer.Line("if (object.ReferenceEquals(next, activation))");
        writer.Continuation("continue;");
        writer.Line();
        writer.Line("if (owned)");
        writer.Continuation("activation.Dispose();");
        writer.Line("owned = scope.Contains(next);");
        writer.Line("activation = owned ? next.MoveToOuterDisposeScope() : next;");
        writer.CloseBlock();
        writer.Line();
        writer.Line("return activation;");
        writer.CloseBlock();
    }

    private static void EmitRunStage(CodeWriter writer, DeclarationSpec declaration, StagingSpec staging, string modifiers)
    {
        writer.Separate();
        writer.Line("/// <summary>Runs one stage.</summary>");
        writer.Line("/// <param name=\"stage\">The stage, counted from 0.</param>");
        writer.Line("/// <param name=\"activation\">What enters it.</param>");
        EmitInputDocs(writer, staging, afterFirst: true);
        writer.Line("/// <returns>What it returns.</returns>");
        EmitRangeDocs(writer);
        writer.Line(Names.Attributes);
        writer.Line($"{modifiers}{Names.Tensor} {EmittedNames.RunStage}(int stage, {InputText.Parameters(staging.Inputs, first: "activation")})");
        writer.OpenBlock();
        if (staging.ExtendsBase)
        {
            writer.Line($"if (stage < base.{EmittedNames.StageCount})");
            writer.Continuation($"return base.{EmittedNames.RunStage}(stage, {InputText.Arguments(staging.Inputs, "activation")});");
        }

        var count = staging.ResultIsTensor ? staging.Stages.Count : staging.Stages.Count - 1;
        for (var i = 0; i < count; i++)
            EmitStage(writer, declaration, staging, staging.Stages[i]);
        var message = $"$\"{declaration.Name.TrimStart('@')} has {{{EmittedNames.StageCount}}} stages, counted from 0.\"";
        writer.Line($"throw new {Names.ArgumentOutOfRangeException}(nameof(stage), stage, {message});");
        writer.CloseBlock();
    }

    private static void EmitStage(CodeWriter writer, DeclarationSpec declaration, StagingSpec staging, StageSpec stage)
    {
        var run = $"return {Call(declaration, staging, stage, "activation")};";
        switch (stage.Form)
        {
            case StageForm.ModelList:
                NestedModelLoop.Open(writer, stage);
                writer.Line($"if (stage < first + {NestedModelLoop.Element(stage)}.{EmittedNames.StageCount})");
                writer.Continuation(run);
                writer.CloseBlock();
                writer.Line();
                break;
            case StageForm.ModuleList or StageForm.Model:
                writer.Line($"if (stage < {StageOffsetText.End(stage)})");
                writer.Continuation(run);
                break;
            default:
                writer.Line($"if (stage == {StageOffsetText.Sum(stage.Offset)})");
                writer.Continuation(run);
                break;
        }
    }

    private static string Call(DeclarationSpec declaration, StagingSpec staging, StageSpec stage, string activation)
    {
        var arguments = InputText.Arguments(staging.Inputs, 1 + stage.FurtherInputs, activation);
        var member = Names.Member(stage.Member);
        return stage.Form switch
        {
            StageForm.Method => $"{member}({arguments})",
            StageForm.HiddenStaticMethod => $"{declaration.FullName}.{stage.Member}({arguments})",
            StageForm.ModuleList => $"{member}{(stage.IsNullable ? "!" : "")}[{Element()}].call({arguments})",
            StageForm.Model => $"{member}{(stage.IsNullable ? "!" : "")}.{EmittedNames.RunStage}({Element()}, {arguments})",
            StageForm.ModelList => $"{NestedModelLoop.Element(stage)}.{EmittedNames.RunStage}(stage - first, {arguments})",
            _ when stage.IsNullable => $"{member} is null ? {activation} : {member}.call({arguments})",
            _ => $"{member}.call({arguments})",
        };

        string Element() => StageOffsetText.Difference("stage", stage.Offset);
    }

    private static void EmitRangeCheck(CodeWriter writer, DeclarationSpec declaration, StagingSpec staging)
    {
        var last = EmittedNames.StageCount;
        if (!staging.ResultIsTensor)
        {
            last = "last";
            writer.Line($"var last = {EmittedNames.StageCount} - 1;");
        }

        writer.Line($"if (stage < 0 || stage > {last})");
        writer.OpenBlock();
        writer.Line($"throw new {Names.ArgumentOutOfRangeException}(");
        writer.Continuation($"nameof(stage), stage, $\"A stage of {declaration.Name.TrimStart('@')} is between 0 and {{{last}}}.\");");
        writer.CloseBlock();
        writer.Line();
    }

    private static void EmitInputDocs(CodeWriter writer, StagingSpec staging, bool afterFirst = false)
    {
        if (!afterFirst)
            writer.Line($"/// <param name=\"{staging.Inputs[0].Name}\">The input of the first stage.</param>");
        for (var i = 1; i < staging.Inputs.Count; i++)
            writer.Line($"/// <param name=\"{staging.Inputs[i].Name.TrimStart('@')}\">An input that every stage gets which takes it.</param>");
    }

    private static void EmitRangeDocs(CodeWriter writer)
        => writer.Line("/// <exception cref=\"global::System.ArgumentOutOfRangeException\">There is no such stage.</exception>");
}
