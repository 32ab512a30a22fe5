using SlSam.Generators.Parsing;

namespace SlSam.Generators.Emitting;

/// <summary>Prints the optimizer of a model.</summary>
internal static class OptimizerEmitter
{
    public static void Emit(CodeWriter writer, SamModelSpec spec, OptimizerSpec optimizer)
    {
        var declaration = spec.Declaration;
        var model = declaration.FullName;
        writer.Line($"/// <summary>The sharpness-aware optimizer of a <c>{declaration.Name.TrimStart('@')}</c>.</summary>");
        writer.Line(Names.Attributes);
        writer.Line(
            $"{declaration.Accessibility} sealed class {optimizer.Name}{declaration.TypeParameters} : {Names.SharpnessAwareOptimizer}");
        foreach (var constraint in declaration.Constraints)
            writer.Continuation(constraint);
        writer.OpenBlock();
        if (spec.Staging is not null)
        {
            writer.Line($"private readonly {model} _model;");
            writer.Line();
        }

        writer.Line("/// <summary>Creates an optimizer for the layers of a model that is on its device already.</summary>");
        writer.Line("/// <param name=\"model\">The model.</param>");
        writer.Line("/// <param name=\"options\">Which layers are selected, and how far they are perturbed.</param>");
        writer.Line("/// <param name=\"rule\">How the weights of the selected layers are updated.</param>");
        writer.Line($"public {optimizer.Name}({model} model, {Names.SharpnessOptions} options, {Names.UpdateRule} rule)");
        writer.Continuation(": base(model, options, rule)");
        writer.OpenBlock();
        if (spec.Staging is not null)
            writer.Line("_model = model;");
        writer.CloseBlock();
        if (spec.Staging is not null)
        {
            EmitStep(writer, spec.Staging);
            EmitStepWithTarget(writer, spec.Staging);
        }

        writer.CloseBlock();
    }

    private static void EmitStep(CodeWriter writer, StagingSpec staging)
    {
        var inputs = staging.Inputs;
        writer.Line();
        writer.Line("/// <summary>Takes a step. The stages before the first selected layer run once, without a graph.</summary>");
        writer.Line($"/// <param name=\"{inputs[0].Name}\">The input of the model's first stage.</param>");
        for (var i = 1; i < inputs.Count; i++)
            writer.Line($"/// <param name=\"{inputs[i].Name.TrimStart('@')}\">A further input of the model.</param>");
        writer.Line("/// <param name=\"loss\">The loss, a scalar, of what the model returns.</param>");
        writer.Line("/// <returns>What the step did.</returns>");
        writer.Line($"public {Names.StepReport} Step({InputText.Parameters(inputs)}, {Names.Func}<{staging.ResultType}, {Names.Tensor}> loss)");
        writer.OpenBlock();
        EmitNullChecks(writer, inputs);
        writer.Line($"{Names.ThrowIfNull}(loss);");
        writer.Line("return base.Step(");
        writer.Continuation($"stage => _model.{EmittedNames.ForwardTo}(stage, {InputText.Arguments(inputs)}),");
        writer.Continuation(
            $"(stage, activation) => loss(_model.{EmittedNames.ForwardFrom}(stage, {InputText.Arguments(inputs, "activation")})));");
        writer.CloseBlock();
    }

    private static void EmitStepWithTarget(CodeWriter writer, StagingSpec staging)
    {
        var inputs = staging.Inputs;
        writer.Line();
        writer.Line("/// <summary>Takes a step whose first pass may work on the first rows of the batch only, as the options' AscentFraction says.</summary>");
        writer.Line($"/// <param name=\"{inputs[0].Name}\">The input of the model's first stage, with a row for each example.</param>");
        for (var i = 1; i < inputs.Count; i++)
            writer.Line($"/// <param name=\"{inputs[i].Name.TrimStart('@')}\">A further input of the model{CutLikeTheFirst(inputs[i])}.</param>");
        writer.Line("/// <param name=\"target\">What the model's result is compared with, with a row for each example.</param>");
        writer.Line("/// <param name=\"loss\">The loss, a scalar, of what the model returns and the target.</param>");
        writer.Line("/// <returns>What the step did; the loss is that of the rows of the first pass.</returns>");
        var loss = $"{Names.Func}<{staging.ResultType}, {Names.Tensor}, {Names.Tensor}> loss";
        writer.Line($"public {Names.StepReport} Step({InputText.Parameters(inputs)}, {Names.Tensor} target, {loss})");
        writer.OpenBlock();
        EmitNullChecks(writer, inputs);
        writer.Line($"{Names.ThrowIfNull}(target);");
        writer.Line($"{Names.ThrowIfNull}(loss);");
        var cut = "activation";
        for (var i = 1; i < inputs.Count; i++)
            cut += IsTensor(inputs[i]) ? $", slice.Of({inputs[i].Name})" : $", {inputs[i].Name}";
        writer.Line("return base.Step(");
        writer.Continuation($"{inputs[0].Name}.shape[0],");
        writer.Continuation($"stage => _model.{EmittedNames.ForwardTo}(stage, {InputText.Arguments(inputs)}),");
        writer.Continuation(
            $"(stage, activation, slice) => loss(_model.{EmittedNames.ForwardFrom}(stage, {cut}), slice.Of(target)));");
        writer.CloseBlock();
    }

    private static void EmitNullChecks(CodeWriter writer, EquatableArray<InputSpec> inputs)
    {
        foreach (var input in inputs)
        {
            if (input.CanBeChecked)
                writer.Line($"{Names.ThrowIfNull}({input.Name});");
        }
    }

    private static string CutLikeTheFirst(InputSpec input) => IsTensor(input) ? ", cut too where it has a row for each example" : "";

    private static bool IsTensor(InputSpec input) => input.Type.TrimEnd('?') == Names.Tensor;
}
