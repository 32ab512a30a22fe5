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
            EmitStepOnMicroBatches(writer, spec.Staging);
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
        writer.Line("return base.Step(");
        writer.Continuation($"{inputs[0].Name}.shape[0],");
        writer.Continuation($"stage => _model.{EmittedNames.ForwardTo}(stage, {InputText.Arguments(inputs)}),");
        writer.Continuation(
            $"(stage, activation, slice) => loss(_model.{EmittedNames.ForwardFrom}(stage, {Cut(inputs)}), slice.Of(target)));");
        writer.CloseBlock();
    }

    private static void EmitStepOnMicroBatches(CodeWriter writer, StagingSpec staging)
    {
        var inputs = staging.Inputs;
        writer.Line();
        writer.Line("/// <summary>Takes a step on a batch that does not fit into memory at once: the gradients of its micro-batches add up to those of all examples.</summary>");
        writer.Line("/// <param name=\"microBatches\">The micro-batches: what the model takes, and what its result is compared with, each with a row for each example.</param>");
        writer.Line("/// <param name=\"loss\">The loss, a scalar, of what the model returns and the target: the mean over the examples.</param>");
        writer.Line("/// <returns>What the step did; the loss is that of the rows of the first pass, which are the first of all.</returns>");
        var batch = $"({InputText.Parameters(inputs)}, {Names.Tensor} target)";
        var loss = $"{Names.Func}<{staging.ResultType}, {Names.Tensor}, {Names.Tensor}> loss";
        writer.Line($"public {Names.StepReport} Step({Names.IReadOnlyList}<{batch}> microBatches, {loss})");
        writer.OpenBlock();
        writer.Line($"{Names.ThrowIfNull}(microBatches);");
        writer.Line($"{Names.ThrowIfNull}(loss);");
        var whole = $"batch.{inputs[0].Name}";
        for (var i = 1; i < inputs.Count; i++)
            whole += $", batch.{inputs[i].Name}";
        writer.Line("return base.Step(");
        writer.Continuation("microBatches,");
        writer.Continuation($"batch => batch.{inputs[0].Name}.shape[0],");
        writer.Continuation($"(batch, stage) => _model.{EmittedNames.ForwardTo}(stage, {whole}),");
        writer.Continuation($"(batch, stage, activation, slice) => loss(_model.{EmittedNames.ForwardFrom}(stage, {Cut(inputs, "batch.")}), slice.Of(batch.target)));");
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

    /// <summary>What enters a stage: the activation, which is cut already, and the further inputs, of which tensors are to be.</summary>
    private static string Cut(EquatableArray<InputSpec> inputs, string owner = "")
    {
        var cut = "activation";
        for (var i = 1; i < inputs.Count; i++)
            cut += IsTensor(inputs[i]) ? $", slice.Of({owner}{inputs[i].Name})" : $", {owner}{inputs[i].Name}";
        return cut;
    }

    private static string CutLikeTheFirst(InputSpec input) => IsTensor(input) ? ", cut too where it has a row for each example" : "";

    private static bool IsTensor(InputSpec input) => input.Type.TrimEnd('?') == Names.Tensor;
}
