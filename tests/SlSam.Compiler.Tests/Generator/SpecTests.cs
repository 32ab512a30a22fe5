using SlSam.Generators.Parsing;

namespace SlSam.Compiler.Tests.Generator;

/// <summary>Two sources give one spec exactly when the same code is to be generated for them.</summary>
public sealed class SpecTests
{
    private const string Source = """
        using SlSam;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        namespace N;
        [SamModel] public sealed partial class M : nn.Module<Tensor, Tensor, Tensor>
        {
            [SamLayer(Stage = 0)] private readonly Linear body = nn.Linear(2, 2);
            [SamStage(1)] private Tensor Pool(Tensor hidden, Tensor mask) => hidden * mask;
            [SamLayer(Stage = 2, Name = "top")] private readonly Linear head = nn.Linear(2, 2);
            private Tensor positions = zeros(2);
            [SamLayer(Stage = 3, Expand = true)] private readonly Part part = new Part();
            [SamLayer(Stage = 4, Frozen = true), LoraPair(nameof(up))] private readonly Linear down = nn.Linear(2, 2);
            [SamLayer(Stage = 5), SparseDelta] private readonly Linear up = nn.Linear(2, 2);
            public M() : base("m") => RegisterComponents();
        }
        public sealed class Dropping : nn.Module<Tensor, Tensor>
        {
            private readonly Dropout dropout = nn.Dropout();
            private readonly Linear linear = nn.Linear(2, 2);
            public Dropping() : base("dropping") => RegisterComponents();
            public override Tensor forward(Tensor input) => input;
        }
        [SamModel] public sealed partial class Part : nn.Module<Tensor, Tensor>
        {
            [SamLayer(Stage = 0)] private readonly Linear inside = nn.Linear(2, 2);
            public Part() : base("part") => RegisterComponents();
        }
        """;

    [Theory]
    [InlineData("hidden * mask", "mask * hidden * 2")]
    [InlineData("nn.Linear(2, 2)", "nn.Linear(4, 4)")]
    [InlineData("private readonly Linear body", "internal global::TorchSharp.Modules.Linear body")]
    [InlineData("[SamLayer(Stage = 0)]", "[SlSam.SamLayerAttribute(Stage = 5 - 5)]")]
    [InlineData("Tensor hidden, Tensor mask) => hidden", "Tensor h, Tensor mask) => h")]
    [InlineData("private Tensor Pool", "private static Tensor Pool")]
    [InlineData("public M()", "private readonly string label = \"m\"; public override string ToString() => label; public M()")]
    [InlineData("(Stage = 2, Name = \"top\")", "(Name = \"t\" + \"op\", Stage = 2)")]
    [InlineData("hidden * mask", "hidden.mean() * mask")]
    [InlineData("nameof(up)", "\"up\"")]
    [InlineData("[SamLayer(Stage = 5), SparseDelta]", "[SparseDelta][SamLayer(AlwaysActive = false, Stage = 5)]")]
    [InlineData("Linear inside", "Linear within")]
    [InlineData("private readonly Linear inside", "private readonly Dropout dropout = nn.Dropout(); public readonly Linear inside")]
    [InlineData("public Part()", "[SamLayer(Stage = 1)] private readonly Linear more = nn.Linear(2, 2); public Part()")]
    public void Equivalent_sources_give_equal_specs(string text, string replacement)
    {
        var one = Parse(Source);
        var other = Parse(Edit(text, replacement));

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
    }

    [Theory]
    [InlineData("Name = \"top\"", "Name = \"Top\"")]
    [InlineData("Linear head", "Linear heads")]
    [InlineData("Linear head = nn.Linear(2, 2)", "Linear? head = null")]
    [InlineData("Linear head = nn.Linear(2, 2)", "Sequential head = nn.Sequential()")]
    [InlineData("Tensor mask) => hidden * mask", "Tensor weights) => hidden * weights")]
    [InlineData(", Tensor mask) => hidden * mask", ") => hidden")]
    [InlineData("private Tensor positions = zeros(2);", "")]
    [InlineData("sealed ", "")]
    [InlineData("[SamModel]", "[SamModel(OptimizerName = \"O\")]")]
    [InlineData("public sealed partial class M", "internal sealed partial class M")]
    [InlineData(", Expand = true", "")]
    [InlineData(", Expand = true", ", Expand = true, AlwaysActive = true")]
    [InlineData(", Frozen = true", "")]
    [InlineData(", SparseDelta", "")]
    [InlineData(", LoraPair(nameof(up))", "")]
    [InlineData("[SamLayer(Stage = 0)] private readonly Linear inside = nn.Linear(2, 2);", "public override Tensor forward(Tensor input) => input;")]
    [InlineData("Linear down", "Linear? down")]
    [InlineData("private readonly Linear head = nn.Linear(2, 2)", "private readonly Dropping head = new Dropping()")]
    [InlineData("namespace N;", "namespace N.O;")]
    [InlineData("nn.Module<Tensor, Tensor, Tensor>", "nn.Module<Tensor, Tensor, Tensor?>")]
    public void Different_sources_give_different_specs_and_other_code(string text, string replacement)
    {
        Assert.NotEqual(Parse(Source), Parse(Edit(text, replacement)));

        var run = GeneratorRun.Of(Source);
        var edited = run.Change(0, source => source.Replace(text, replacement));
        Assert.NotEqual(TextOfM(run), TextOfM(edited));
    }

    private static string TextOfM(GeneratorRun run)
        => run.Files.Single(file => file.HintName.EndsWith(".M.SamModel.g.cs", StringComparison.Ordinal)).SourceText.ToString();

    private static string Edit(string text, string replacement)
    {
        Assert.Contains(text, Source, StringComparison.Ordinal);
        return Source.Replace(text, replacement);
    }

    private static SamModelSpec Parse(string source)
    {
        var compilation = GeneratorRun.Of(source).Compilation;
        var model = compilation.GetTypeByMetadataName("N.M") ?? compilation.GetTypeByMetadataName("N.O.M");
        return SamModelParser.Parse(model!, problems: null, CancellationToken.None)!;
    }
}
