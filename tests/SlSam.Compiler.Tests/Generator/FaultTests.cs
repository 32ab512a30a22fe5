using Microsoft.CodeAnalysis;
using SlSam.Generators.Parsing;

namespace SlSam.Compiler.Tests.Generator;

/// <summary>What is wrong with a model is found, and never turns into code that does not compile.</summary>
public sealed class FaultTests
{
    private const string Usings = """
        using SlSam;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;

        """;

    private const string Forward = "public override Tensor forward(Tensor input) => input;";
    private const string Constructor = "public M() : base(\"m\") { }";
    private const string Head = "[SamLayer] Linear l = nn.Linear(2, 2);";
    private const string Layer = "[SamLayer(Stage = 0)] private readonly Linear body = nn.Linear(2, 2);";

    public static TheoryData<string, string> Faults => new()
    {
        {
            "NotPartial(M)",
            $$"""[SamModel] class M : nn.Module<Tensor, Tensor> { {{Head}} {{Constructor}} {{Forward}} }"""
        },
        {
            "ContainingTypeNotPartial(Outer, M)",
            $$"""class Outer { [SamModel] partial class M : nn.Module<Tensor, Tensor> { {{Head}} {{Constructor}} {{Forward}} } }"""
        },
        {
            "FileLocal(M)",
            $$"""[SamModel] file partial class M : nn.Module<Tensor, Tensor> { {{Head}} {{Constructor}} {{Forward}} }"""
        },
        { "NotAModule(M)", """[SamModel] partial class M { }""" },
        {
            "NotAModule(M)",
            $$"""[SamModel] partial record M : nn.Module<Tensor, Tensor> { {{Head}} {{Constructor}} {{Forward}} }"""
        },
        { "NotAModule(M)", """[SamModel] partial struct M { }""" },
        { "NoLayers(M)", Model($"{Forward}") },
        {
            "UnsupportedMember(a, Linear[]) UnsupportedMember(b, Tensor) NoLayers(M)",
            Model($"[SamLayer] Linear[] a = new Linear[0]; [SamLayer] Tensor b = zeros(2); {Forward}")
        },
        { "UnsupportedMember(W, Linear) NoLayers(M)", Model($"[SamLayer] public Linear W {{ set {{ }} }} {Forward}") },
        { "StaticMember(s) NoLayers(M)", Model($"[SamLayer] static Linear s = nn.Linear(2, 2); {Forward}") },
        { "LayerWithoutWeights(r, ReLU)", Model($"{Layer} [SamLayer(Stage = 1)] ReLU r = nn.ReLU();") },
        {
            "LayerWithoutWeights(e, Empty)",
            Model($"{Layer} [SamLayer(Stage = 1)] Empty e = new Empty();")
                + Class("class Empty", $"public Empty() : base(\"empty\") {{ }} {Forward}")
        },
        {
            "LayerWithoutWeights(l, ModuleList<ReLU>)",
            Model($"{Layer} [SamLayer(Stage = 1)] ModuleList<ReLU> l = new ModuleList<ReLU>();")
        },
        { "LayerAlsoIgnored(b)", Model($"{Layer} [SamLayer(Stage = 1), SamIgnore] Linear b = nn.Linear(2, 2);") },
        { "DuplicateLayerName(b, body, body)", Model($"{Layer} [SamLayer(Stage = 1, Name = \"body\")] Linear b = nn.Linear(2, 2);") },
        { "ExpandNotAModel(b, Linear)", Model($"{Layer} [SamLayer(Stage = 1, Expand = true)] Linear b = nn.Linear(2, 2);") },
        {
            "ExpandNotAModel(b, Linear)",
            Model($"{Layer} [SamLayer(Stage = 1, Expand = true)] ModuleList<Linear> b = new ModuleList<Linear>();")
        },
        { "ExpandNotAModel(b, Parameter)", Model($"[SamLayer(Expand = true)] Parameter b = nn.Parameter(ones(2)); {Forward}") },
        {
            "", // What is wrong with a nested model is not said of the model that holds it.
            Model($"{Layer} [SamLayer(Stage = 1, Expand = true)] Nested n = new Nested();")
                + Class("[SamModel] class Nested", $"{Head} public Nested() : base(\"n\") {{ }} {Forward}")
        },
        { "NameTaken(FirstStage, M)", Model($"[SamLayer(Stage = 0, Expand = true)] ModuleList<M> a = new ModuleList<M>(); "
            + "[SamLayer(Stage = 1)] Linear b = nn.Linear(2, 2); int FirstStage => 0;") },
        { "FrozenLayerTrained(b, AlwaysActive)", Model($"[SamLayer(AlwaysActive = true, Frozen = true)] Linear b = nn.Linear(2, 2); {Forward}") },
        { "FrozenLayerTrained(b, [SparseDelta])", Model($"[SamLayer(Frozen = true), SparseDelta] Linear b = nn.Linear(2, 2); {Forward}") },
        { "SparseDeltaWithoutLayer(b)", Model($"{Layer} [SparseDelta, SamIgnore] Linear b = nn.Linear(2, 2);") },
        { "LoraPartnerMissing(a, )", Model($"[SamLayer, LoraPair] Linear a = nn.Linear(2, 2); {Forward}") },
        { "LoraPartnerMissing(a, b)", Model($"[SamLayer, LoraPair(\"b\")] Linear a = nn.Linear(2, 2); {Forward}") },
        { "LoraPartnerMissing(a, a)", Model($"[SamLayer, LoraPair(nameof(a))] Linear a = nn.Linear(2, 2); {Forward}") },
        {
            "LoraPairUnsupported(a, LayerNorm is neither a Parameter, a module with one weight, a list of these, nor an ILoraAdapter)",
            Model($"[SamLayer, LoraPair(nameof(b))] LayerNorm a = nn.LayerNorm(2); [SamLayer] Linear b = nn.Linear(2, 2); {Forward}")
        },
        {
            "LoraPairUnsupported(a, its partner 'b' is a ModuleList<Linear>, which makes no pair with a Linear)",
            Model($"[SamLayer, LoraPair(nameof(b))] Linear a = nn.Linear(2, 2); [SamLayer] ModuleList<Linear> b = new(); {Forward}")
        },
        {
            "LoraPairUnsupported(a, its partner 'b' is a Parameter, which makes no pair with a Linear)",
            Model($"[SamLayer, LoraPair(nameof(b))] Linear a = nn.Linear(2, 2); [SamLayer] Parameter b = nn.Parameter(ones(2)); {Forward}")
        },
        {
            "LoraPairUnsupported(a, its partner 'b' has [LoraPair] too; only the factor A has it) "
                + "LoraPairUnsupported(b, its partner 'a' has [LoraPair] too; only the factor A has it)",
            Model("[SamLayer, LoraPair(nameof(b))] Linear a = nn.Linear(2, 2); "
                + $"[SamLayer, LoraPair(nameof(a))] Linear b = nn.Linear(2, 2); {Forward}")
        },
        {
            "LoraPairUnsupported(a, of its partner 'b', a static member belongs to no instance of the model)",
            Model($"[SamLayer, LoraPair(nameof(b))] Linear a = nn.Linear(2, 2); static Linear b = nn.Linear(2, 2); {Forward}")
        },
        {
            "LoraPairUnsupported(a, an adapter knows both of its factors and has no partner)",
            Model($"[SamLayer, LoraPair(nameof(b))] Adapter a = new Adapter(); [SamLayer] Linear b = nn.Linear(2, 2); {Forward}")
                + Class("class Adapter", "Parameter p = nn.Parameter(ones(2)); public Adapter() : base(\"a\") { } "
                    + $"LoraPair ILoraAdapter.CreatePair(string name) => new LoraPair(name, p, p); {Forward}", ", ILoraAdapter")
        },
        {
            "LoraFactorNotTrained(a, a) LoraFactorNotTrained(b, a)",
            Model($"{Head} [LoraPair(nameof(b))] Linear a = nn.Linear(2, 2); [SamIgnore] Linear b = nn.Linear(2, 2); {Forward}")
        },
        {
            "NameTaken(AddLoraPairs, M)",
            Model("[SamLayer, LoraPair(nameof(b))] Linear a = nn.Linear(2, 2); [SamLayer] Linear b = nn.Linear(2, 2); "
                + $"void AddLoraPairs() {{ }} {Forward}")
        },
        {
            "WeightsNotAnnotated(b, Linear) WeightsNotAnnotated(P, Parameter)",
            Model($"{Layer} Linear b = nn.Linear(2, 2); Parameter P {{ get; }} = nn.Parameter(ones(2)); ReLU r = nn.ReLU(); Linear A => b;")
        },
        {
            "HiddenInBase(hidden, Base)",
            Model($"{Layer}", "Base")
                + Class("abstract class Base", "Linear hidden = nn.Linear(2, 2); protected Base(string name) : base(name) { }")
        },
        { "NegativeStage(P, -1)", Model($"{Layer} [SamStage(-1)] Tensor P(Tensor x) => x;") },
        { "StageGap(h, 2, 1)", Model($"{Layer} [SamLayer(Stage = 2)] Linear h = nn.Linear(2, 2);") },
        { "StageGap(h, 3, 0)", Model($"[SamLayer(Stage = 3)] Linear h = nn.Linear(2, 2);") },
        { "DuplicateStage(P, 0, body)", Model($"{Layer} [SamStage(0)] Tensor P(Tensor x) => x;") },
        { "StageTypeMismatch(P, (int) -> Tensor, (Tensor) -> Tensor)", Model($"{Layer} [SamStage(1)] Tensor P(int x) => zeros(x);") },
        {
            "StageTypeMismatch(P, (Tensor, Tensor) -> Tensor, (Tensor) -> Tensor)",
            Model($"{Layer} [SamStage(1)] Tensor P(Tensor x, Tensor y) => x;")
        },
        { "StageTypeMismatch(P, (Tensor) -> Tensor?, (Tensor) -> Tensor)", Model($"{Layer} [SamStage(1)] Tensor? P(Tensor x) => x;") },
        { "StageTypeMismatch(P, (Tensor) -> void, (Tensor) -> Tensor)", Model($"{Layer} [SamStage(1)] void P(Tensor x) {{ }}") },
        {
            "StageTypeMismatch(P, a method that is generic, implements an interface explicitly, or takes or returns references, "
                + "(Tensor) -> Tensor)",
            Model($"{Layer} [SamStage(1)] Tensor P<T>(Tensor x) => x;")
        },
        {
            "StageTypeMismatch(l, Module, (Tensor) -> Tensor)",
            Model($"{Layer} [SamLayer(Stage = 1)] ModuleList<nn.Module> l = new ModuleList<nn.Module>();")
        },
        {
            "StageTypeMismatch(P, (Tensor, Tensor) -> Tensor, (Tensor, Tensor?) -> Tensor, or with fewer of the inputs after the first)",
            Model($"{Layer} [SamStage(1)] Tensor P(Tensor x, Tensor mask) => x;", "nn.Module<Tensor, Tensor?, Tensor>")
        },
        {
            "StageTypeMismatch(body, (Tensor) -> Tensor, (Tensor) -> (Tensor, Tensor))",
            Model($"{Layer}", "nn.Module<Tensor, (Tensor, Tensor)>")
        },
        { "ParameterStageWithoutMethod(p, 0)", Model($"{Layer} [SamLayer(Stage = 0)] Parameter p = nn.Parameter(ones(2));") },
        { "StagesBesideForward(forward, M)", Model($"{Layer} {Forward}") },
        { "LayerNotStaged(b, M)", Model($"{Layer} [SamLayer] Linear b = nn.Linear(2, 2);") },
        {
            "LayerNotStaged(Base, M)",
            Model($"{Layer}", "Base")
                + Class("[SamModel] abstract partial class Base", $"{Head} protected Base(string name) : base(name) {{ }}")
        },
        { "NoTensorInput(M)", Model($"{Layer}", "nn.Module<int, Tensor>") },
        { "NoTensorInput(M)", Model($"{Layer}", "nn.Module") },
        { "NameTaken(ForwardTo, M)", Model($"{Layer} public void ForwardTo() {{ }}") },
        { "NameTaken(AddLayers, M)", Model($"{Layer} public int AddLayers;") },
        {
            "NameTaken(SlSam.ISamModel.CreateLayers, M)",
            Model(
                $"{Layer} System.Collections.Generic.IReadOnlyList<SamLayer> ISamModel.CreateLayers() => null!;",
                "nn.Module<Tensor, Tensor>, ISamModel")
        },
        { "OptimizerNameInvalid(M, 1st)", Model($"{Layer}", attribute: "SamModel(OptimizerName = \"1st\")") },
        { "OptimizerNameTaken(M, MSlSam)", Model($"{Layer}") + "class MSlSam { }" },
        {
            "OptimizerNameTaken(M, OtherSlSam)",
            Model($"{Layer}", attribute: "SamModel(OptimizerName = \"OtherSlSam\")")
                + Class("[SamModel] partial class Other", $"{Layer} public Other() : base(\"m\") {{ }}")
        },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void The_parser_says_what_is_wrong(string expected, string source)
    {
        Assert.Equal(expected, Problems(GeneratorRun.Of(Usings + source).Compilation));
    }

    // csc shows no analyzer's message beside errors of its own about declarations.
    [Theory]
    [InlineData("[SamLayer(Stage = 1)] private readonly Linear body = nn.Linear(2, 2);", true)]
    [InlineData("[SamLayer(Stage = 0)] private readonly System.Collections.Generic.List<Linear> body = new();", true)]
    [InlineData("[SamStage(0)] private Tensor First(int number) => zeros(number);", true)]
    [InlineData("private readonly Linear body = nn.Linear(2, 2);", false)]
    public void A_forward_that_stages_should_have_made_is_not_missing(string member, bool declaresStage)
    {
        var run = GeneratorRun.Of(Usings + $"[SamModel] partial class M : nn.Module<Tensor, Tensor> {{ {Constructor} {member} }}");

        Assert.Equal(!declaresStage, run.Diagnostics().Any(diagnostic => diagnostic.Id == "CS0534"));
    }

    [Theory]
    [InlineData("[SamModel] class M : nn.Module<Tensor, Tensor> { {0} }", "M")]
    [InlineData("class Outer { [SamModel] partial class M : nn.Module<Tensor, Tensor> { {0} } }", "Outer")]
    public void Of_a_class_that_is_not_partial_the_compiler_says_just_that(string source, string named)
    {
        var run = GeneratorRun.Of(Usings + source.Replace("{0}", Layer + " " + Constructor));

        var error = Assert.Single(run.Diagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal("CS0260", error.Id);
        Assert.Contains($"'{named}'", error.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_was_generated_is_no_fault(string expected, string source)
    {
        // An analyzer sees the generated part of the model too, and must come to the same result.
        var run = GeneratorRun.Of(Usings + source);
        Assert.Equal(expected, Problems(run.Output));
        Assert.DoesNotContain(run.Diagnostics(), diagnostic => diagnostic.Location.IsInSource && !run.IsInSources(diagnostic));
    }

    private static string Problems(Compilation compilation)
    {
        var model = compilation.GetSymbolsWithName("M", SymbolFilter.Type).OfType<INamedTypeSymbol>().Single();
        var sink = new Sink();
        SamModelParser.Parse(model, sink, CancellationToken.None);
        return string.Join(" ", sink.Problems);
    }

    private static string Class(string head, string members, string interfaces = "")
        => $"{head} : nn.Module<Tensor, Tensor>{interfaces} {{ {members} }} ";

    private static string Model(string members, string baseClass = "nn.Module<Tensor, Tensor>", string attribute = "SamModel")
        => $"[{attribute}] partial class M : {baseClass} {{ {Constructor} {members} }} ";

    private sealed class Sink : IModelProblemSink
    {
        public List<string> Problems { get; } = [];

        public void Report(ModelProblemKind kind, ISymbol symbol, AttributeData? attribute, params string[] arguments)
        {
            Assert.Equal(symbol.Name, kind is ModelProblemKind.LayerNotStaged && symbol is INamedTypeSymbol ? "M" : arguments[0]);
            Problems.Add($"{kind}({string.Join(", ", arguments)})");
        }
    }
}
