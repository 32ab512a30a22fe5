using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace SlSam.Generators.Parsing;

/// <summary>The staged forward pass of a model, while it is parsed.</summary>
/// <param name="Spec">What is printed.</param>
/// <param name="DeclaredCount">How many positions are taken, those of base models among them; null when that is not known.</param>
/// <param name="Offsets">Where the stage at each declared position begins.</param>
internal sealed record ParsedStaging(StagingSpec Spec, int? DeclaredCount, IReadOnlyDictionary<int, StageOffset> Offsets);

/// <summary>Puts the members with a stage in a row and sees that each fits the one before.</summary>
internal sealed class StagingParser
{
    private readonly INamedTypeSymbol _model;
    private readonly BaseModel? _base;
    private readonly ModelProblems _problems;
    private readonly StageShape? _shape;
    private bool _failed;

    private StagingParser(INamedTypeSymbol model, BaseModel? baseModel, ModelProblems problems)
    {
        _model = model;
        _base = baseModel;
        _problems = problems;
        _shape = StageShape.Of(model);
    }

    private bool ExtendsBase => _base is { IsStaged: true };

    public static ParsedStaging? Parse(
        INamedTypeSymbol model, ImmutableArray<ParsedLayer> layers, BaseModel? baseModel, ModelProblems problems)
        => new StagingParser(model, baseModel, problems).Parse(layers);

    private ParsedStaging? Parse(ImmutableArray<ParsedLayer> layers)
    {
        var candidates = Candidates(layers);
        if (candidates.Count == 0 && !ExtendsBase)
            return null;

        if (OwnForward() is { } forward)
            Fail(ModelProblemKind.StagesBesideForward, forward, null, EmittedNames.Forward, _model.Name);
        foreach (var layer in layers.Where(layer => layer is { IsTrained: true, Member.Stage: -1 }))
            Fail(ModelProblemKind.LayerNotStaged, layer.Member.Symbol, layer.Member.LayerAttribute, layer.Member.Symbol.Name, _model.Name);
        if (_base is { IsStaged: false, HasLayers: true })
            Fail(ModelProblemKind.LayerNotStaged, _model, null, _base.Type.Name, _model.Name);
        if (_shape is null || !_shape.Inputs[0].Is(TypeNames.Tensor) || _shape.Inputs[0].NullableAnnotation == NullableAnnotation.Annotated)
            Fail(ModelProblemKind.NoTensorInput, _model, null, _model.Name);
        if (SamModelParser.EmittedNamesTaken(_model, EmittedNames.StagedMembers, _problems))
            _failed = true;

        var stages = InOrder(candidates);
        if (_shape is not null)
            CheckShapes(stages);
        CheckParameters(layers, stages);
        return _failed ? null : Build(stages);
    }

    /// <summary>Every member that runs a stage. A Parameter runs none: it belongs to the stage of a method.</summary>
    private List<Candidate> Candidates(ImmutableArray<ParsedLayer> layers)
    {
        var candidates = new List<Candidate>();
        foreach (var layer in layers.Where(layer => layer.Member.Stage != -1 && layer.Form != LayerForm.Parameter))
        {
            var member = layer.Member;
            var called = layer.Called;
            candidates.Add(new Candidate(member.Symbol, member, member.Stage, StageShape.Of(called), called)
            {
                Form = (layer.IsList, layer.Nested is { HasStages: true }) switch
                {
                    (false, false) => StageForm.Module,
                    (false, true) => StageForm.Model,
                    (true, false) => StageForm.ModuleList,
                    (true, true) => StageForm.ModelList,
                },
                Identifier = member.Identifier,
                IsNullable = member.IsNullable,
            });
        }

        var methods = ModelMember.OwnTypes(_model).Reverse().SelectMany(type => type.GetMembers().OfType<IMethodSymbol>()).ToList();
        foreach (var method in methods)
        {
            if (method.FindAttribute(TypeNames.SamStageAttribute) is not { ConstructorArguments: { Length: 1 } arguments } attribute
                || arguments[0].Value is not int stage
                || methods.Any(other => Overrides(other, method) && IsStage(other)))
            {
                continue;
            }

            if (!ModelMember.CanReach(_model, method))
            {
                Fail(ModelProblemKind.HiddenInBase, method, attribute, method.Name, method.ContainingType.Name);
                continue;
            }

            candidates.Add(new Candidate(method, null, stage, StageShape.Of(method), method)
            {
                Form = method.IsStatic && EmittedNames.IsLocal(method.Name) ? StageForm.HiddenStaticMethod : StageForm.Method,
                Identifier = TypeText.Identifier(method.Name),
            });
        }

        return candidates;
    }

    private static bool Overrides(IMethodSymbol method, IMethodSymbol other)
        => SymbolEqualityComparer.Default.Equals(method.OverriddenMethod, other);

    private static bool IsStage(IMethodSymbol method) => method.FindAttribute(TypeNames.SamStageAttribute) is not null;

    private List<Candidate> InOrder(List<Candidate> candidates)
    {
        var stages = candidates.OrderBy(candidate => candidate.Stage).ToList();
        var expected = ExtendsBase ? _base!.DeclaredStages ?? stages.FirstOrDefault()?.Stage ?? 0 : 0;
        Candidate? before = null;
        foreach (var stage in stages)
        {
            if (stage.Stage < 0)
                Fail(ModelProblemKind.NegativeStage, stage, Number(stage.Stage));
            else if (stage.Stage == before?.Stage)
                Fail(ModelProblemKind.DuplicateStage, stage, Number(stage.Stage), before.Symbol.Name);
            else if (stage.Stage < expected)
                Fail(ModelProblemKind.DuplicateStage, stage, Number(stage.Stage), _base!.Type.Name);
            else if (stage.Stage > expected)
                Fail(ModelProblemKind.StageGap, stage, Number(stage.Stage), Number(expected));
            expected = Math.Max(expected, stage.Stage + 1);
            before = stage;
        }

        return stages;
    }

    private void CheckShapes(List<Candidate> stages)
    {
        var model = _shape!;
        var resultIsTensor = model.Result.Is(TypeNames.Tensor);
        if (stages.Count > 0 && ExtendsBase && !resultIsTensor)
        {
            Mismatch(
                stages[0], $"a stage after the last of {_base!.Type.Name}",
                $"a model whose last stage returns {TypeText.Short(model.Result)} cannot be extended");
        }

        for (var i = 0; i < stages.Count; i++)
        {
            var isLast = i == stages.Count - 1;
            var stage = stages[i];
            if (stage.Shape is null || !stage.Shape.Fits(model, isLast))
                Mismatch(stage, stage.Shape?.ToString() ?? stage.Description, model.Need(isLast));
            else if (isLast && !resultIsTensor && stage.Form is StageForm.ModuleList or StageForm.ModelList)
                Mismatch(stage, "a list", $"one stage that returns {TypeText.Short(model.Result)}");
            else if (isLast && !resultIsTensor && stage.IsNullable)
                Mismatch(stage, "a member that may be null", $"one stage that always returns {TypeText.Short(model.Result)}");
        }

        void Mismatch(Candidate stage, string actual, string needed) => Fail(ModelProblemKind.StageTypeMismatch, stage, actual, needed);
    }

    private void CheckParameters(ImmutableArray<ParsedLayer> layers, List<Candidate> stages)
    {
        foreach (var layer in layers.Where(layer => layer.Form == LayerForm.Parameter && layer.Member.Stage != -1))
        {
            if (!stages.Any(stage => stage.Stage == layer.Member.Stage && stage.Form is StageForm.Method or StageForm.HiddenStaticMethod))
            {
                Fail(ModelProblemKind.ParameterStageWithoutMethod, layer.Member.Symbol, layer.Member.LayerAttribute,
                    layer.Member.Symbol.Name, Number(layer.Member.Stage));
            }
        }
    }

    private ParsedStaging? Build(List<Candidate> stages)
    {
        var offset = new StageOffset(0, ExtendsBase, 0, ImmutableArray<StageGroup>.Empty);
        var offsets = new Dictionary<int, StageOffset>();
        var specs = ImmutableArray.CreateBuilder<StageSpec>();
        foreach (var stage in stages)
        {
            offset = offset with { Position = stage.Stage };
            offsets.Add(stage.Stage, offset);
            specs.Add(new StageSpec(stage.Form, stage.Identifier, stage.Shape!.Inputs.Length - 1, stage.IsNullable, offset));
            offset = stage.Form is StageForm.ModuleList or StageForm.Model or StageForm.ModelList
                ? offset with { Groups = offset.Groups.Append(new StageGroup(stage.Form, stage.Identifier, stage.IsNullable)).ToImmutableArray() }
                : offset with { Constant = offset.Constant + 1 };
        }

        offset = offset with { Position = offset.Position + 1 };
        if (specs.Any(stage => stage.Offset.IsLong) && SamModelParser.EmittedNamesTaken(_model, [EmittedNames.FirstStage], _problems))
            return null;

        var spec = new StagingSpec
        {
            Inputs = InputNames.Of(_model, _shape!, stages.Select(stage => stage.Symbol)),
            ResultType = TypeText.Full(_shape!.Result),
            ResultIsTensor = _shape.Result.Is(TypeNames.Tensor),
            ExtendsBase = ExtendsBase,
            Stages = specs.ToImmutable(),
            Count = offset,
        };
        var declared = ExtendsBase ? _base!.DeclaredStages + stages.Count : stages.Count;
        return new ParsedStaging(spec, declared, offsets);
    }

    /// <summary>A forward that somebody wrote, in this class or in a base class that the stages do not come from.</summary>
    private IMethodSymbol? OwnForward()
        => ModelMember.OwnTypes(_model).SelectMany(type => type.GetMembers(EmittedNames.Forward)).OfType<IMethodSymbol>().FirstOrDefault(
            method => method is { IsAbstract: false, IsStatic: false }
                && method.Parameters.Length == _shape?.Inputs.Length
                && !method.IsGenerated());

    private void Fail(ModelProblemKind kind, Candidate candidate, params string[] arguments)
        => Fail(kind, candidate.Symbol, candidate.Attribute, [candidate.Symbol.Name, .. arguments]);

    private void Fail(ModelProblemKind kind, ISymbol symbol, AttributeData? attribute, params string[] arguments)
    {
        _problems.Report(kind, symbol, attribute, arguments);
        _failed = true;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed record Candidate(ISymbol Symbol, ModelMember? Member, int Stage, StageShape? Shape, ISymbol Called)
    {
        /// <summary>What made it a stage.</summary>
        public AttributeData? Attribute => Member is null ? Symbol.FindAttribute(TypeNames.SamStageAttribute) : Member.LayerAttribute;

        public required StageForm Form { get; init; }

        public required string Identifier { get; init; }

        public bool IsNullable { get; init; }

        public string Description => Called is ITypeSymbol type
            ? TypeText.Short(type)
            : "a method that is generic, implements an interface explicitly, or takes or returns references";
    }
}
