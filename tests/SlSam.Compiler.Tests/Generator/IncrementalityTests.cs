using Microsoft.CodeAnalysis;
using SlSam.Generators;
using SlSam.Generators.Parsing;

namespace SlSam.Compiler.Tests.Generator;

/// <summary>An edit does again what it has to, for the models that it touches, and nothing for the others.</summary>
public sealed class IncrementalityTests
{
    private const string Usings = "using SlSam;\nusing TorchSharp;\nusing TorchSharp.Modules;\nusing static TorchSharp.torch;\n";

    private static readonly string[] s_sources =
    [
        Usings + """
        namespace N;
        [SamModel]
        public sealed partial class Outer : nn.Module<Tensor, Tensor>
        {
            [SamLayer(Stage = 0)] private readonly Linear stem = nn.Linear(4, 4);
            [SamLayer(Stage = 1, Expand = true)] private readonly ModuleList<Inner> inner = new ModuleList<Inner>(new Inner());
            [SamStage(2)] private Tensor Pool(Tensor hidden) => hidden.relu();
            [SamLayer(Stage = 3), LoraPair(nameof(up))] private readonly Linear down = nn.Linear(4, 2);
            [SamLayer(Stage = 4)] private readonly Linear up = nn.Linear(2, 4);
            public Outer() : base("outer") => RegisterComponents();
        }
        """,
        Usings + """
        namespace N;
        [SamModel]
        public sealed partial class Inner : nn.Module<Tensor, Tensor>
        {
            [SamLayer(Stage = 0)] private readonly Linear first = nn.Linear(4, 4);
            [SamStage(1)] private Tensor Activate(Tensor hidden) => hidden.relu();
            public Inner() : base("inner") => RegisterComponents();
        }
        """,
        Usings + """
        namespace N;
        [SamModel]
        public partial class Apart : nn.Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Block block = new Block();
            public Apart() : base("apart") => RegisterComponents();
            public override Tensor forward(Tensor input) => block.call(input);
        }
        """,
        Usings + """
        namespace N;
        public sealed class Block : nn.Module<Tensor, Tensor>
        {
            private readonly Linear linear = nn.Linear(4, 4);
            public Block() : base("block") => RegisterComponents();
            public override Tensor forward(Tensor input) => linear.call(input);
        }
        """,
    ];

    public static TheoryData<int, string, string> EditsThatChangeNoModel => new()
    {
        // A comment, white space, directives.
        { 0, "namespace N;", "// A comment above the model.\nnamespace N;" },
        { 0, "    [SamLayer(Stage = 0)]", "    /// <summary>The stem.</summary>\n    [SamLayer(Stage = 0)] /* first */" },
        { 0, "[SamModel]\n", "\n\n[ SamModel ]\n\n" },
        { 0, "[SamModel]", "#nullable enable annotations\n#pragma warning disable CS0169\n[SamModel]" },
        // Bodies, of the model itself and of others.
        { 0, "hidden.relu();", "hidden.relu().sigmoid();" },
        { 0, "nn.Linear(4, 2)", "nn.Linear(4, 2, hasBias: false)" },
        { 0, "base(\"outer\")", "base(nameof(Outer))" },
        { 1, "hidden.relu()", "hidden.tanh()" },
        { 2, "block.call(input)", "block.call(block.call(input))" },
        { 3, "linear.call(input)", "linear.call(input).relu()" },
        // Members that are no business of the generator.
        { 0, "    public Outer()", "    public int Count { get; set; }\n    public void Helper() { }\n    public Outer()" },
        { 3, "    public Block()", "    private readonly LayerNorm norm = nn.LayerNorm(4);\n    public Block()" },
        // Other words for the same.
        { 0, "[SamLayer(Stage = 4)]", "[SlSam.SamLayerAttribute(Expand = false, Stage = 2 + 2)]" },
        { 0, "LoraPair(nameof(up))", "LoraPair(\"up\")" },
    };

    public static TheoryData<int, string, string, string> EditsThatChangeModels => new()
    {
        { 0, "[SamLayer(Stage = 0)]", "[SamLayer(Stage = 0, AlwaysActive = true)]", "Outer" },
        { 0, "[SamLayer(Stage = 0)]", "[SamLayer(Stage = 0), SparseDelta]", "Outer" },
        { 0, ", LoraPair(nameof(up))", "", "Outer" },
        { 0, ", Expand = true", "", "Outer" },
        { 0, "Linear stem", "Linear root", "Outer" },
        { 0, "    public Outer()", "    [SamLayer(Stage = 5)] private readonly Linear head = nn.Linear(4, 4);\n    public Outer()", "Outer" },
        { 2, "[SamLayer] private", "private", "Apart" },
        { 2, "public partial class", "public sealed partial class", "Apart" },
        { 3, "private readonly Linear", "private readonly Dropout dropout = nn.Dropout(); private readonly Linear", "Apart" },
        // A new layer of the nested model is its own business; a pair in it, or no stages, is also that of the model that holds it.
        { 1, "    public Inner()", "    [SamLayer(Stage = 2)] private readonly Linear last = nn.Linear(4, 4);\n    public Inner()", "Inner" },
        {
            1, "[SamLayer(Stage = 0)] private readonly Linear first",
            "[SamLayer(Stage = 2)] private readonly Linear b = nn.Linear(4, 4); [SamLayer(Stage = 0), LoraPair(nameof(b))] private readonly Linear first",
            "Inner Outer"
        },
        {
            1, "[SamLayer(Stage = 0)] private readonly Linear first = nn.Linear(4, 4);\n    [SamStage(1)] private Tensor Activate(",
            "[SamLayer] private readonly Linear first = nn.Linear(4, 4);\n    public override Tensor forward(", "Inner Outer"
        },
    };

    [Theory]
    [MemberData(nameof(EditsThatChangeNoModel))]
    public void Nothing_is_done_again_after(int file, string text, string replacement)
        => AssertChanged(GeneratorRun.Of(s_sources).Change(file, source => Replace(source, text, replacement)));

    [Theory]
    [MemberData(nameof(EditsThatChangeModels))]
    public void Exactly_the_models_that_an_edit_changes_are_generated_again(int file, string text, string replacement, string changed)
    {
        var run = GeneratorRun.Of(s_sources);
        var edited = run.Change(file, source => Replace(source, text, replacement));

        AssertChanged(edited, changed.Split(' '));
        Assert.DoesNotContain(edited.Diagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        foreach (var generated in edited.Files)
        {
            var before = run.Files.Single(other => other.HintName == generated.HintName).SourceText.ToString();
            var name = generated.HintName.Split('.')[1];
            Assert.Equal(changed.Split(' ').Contains(name), before != generated.SourceText.ToString());
        }

        // And back again.
        AssertChanged(edited.Change(file, _ => s_sources[file]), changed.Split(' '));
    }

    [Fact]
    public void Nothing_is_done_again_after_files_come_and_go()
    {
        var run = GeneratorRun.Of([.. s_sources, "namespace Elsewhere { public sealed class Unrelated { } }"]);

        AssertChanged(run.Add("namespace Elsewhere { public interface IAdded { } }"));
        AssertChanged(run.Remove(s_sources.Length));
        AssertChanged(run.Change(s_sources.Length, source => source.Replace("Unrelated", "Renamed")));
    }

    [Fact]
    public void A_model_that_goes_takes_its_file_along_and_no_other_is_generated_again()
    {
        var run = GeneratorRun.Of(s_sources);

        var edited = run.Remove(2);

        Assert.Equal(["N.Inner", "N.Outer"], edited.Files.Select(file => file.HintName[..^".SamModel.g.cs".Length]).Order());
        AssertChanged(edited);
    }

    [Fact]
    public void Nothing_at_all_is_done_for_the_same_compilation()
    {
        var run = GeneratorRun.Of(s_sources).Repeat();

        Assert.All(Steps(run), step => Assert.Equal((IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached), (step.Parse, step.Emit)));
        AssertChanged(run);
    }

    [Fact]
    public void A_series_of_edits_ends_with_the_code_of_a_first_run()
    {
        var run = GeneratorRun.Of(s_sources);
        foreach (var edit in EditsThatChangeModels)
        {
            var (file, text, replacement) = ((int)edit[0], (string)edit[1], (string)edit[2]);
            run = run.Change(file, _ => Replace(s_sources[file], text, replacement));
            var afresh = GeneratorRun.Of(run.Compilation.SyntaxTrees.Select(tree => tree.ToString()).ToArray());
            Assert.Equal(Texts(afresh), Texts(run));
        }
    }

    /// <summary>What lies in another file, or in a directive, and changes a model all the same.</summary>
    [Theory]
    [InlineData(1, "First = 0;", "First = 1;")]
    [InlineData(1, "TopName = \"top\"", "TopName = \"bottom\"")]
    [InlineData(1, "class Part : nn.Module<Tensor, Tensor>", "class Part : nn.Module<Tensor, Tensor, Tensor>")]
    [InlineData(1, "torch.Tensor?, ", "torch.Tensor, ")]
    [InlineData(0, "#nullable enable", "#nullable disable")]
    [InlineData(0, "#define STAGED", "")]
    public void An_edit_is_seen_wherever_it_is(int file, string text, string replacement)
    {
        string[] sources =
        [
            """
            #define STAGED
            #nullable enable
            using SlSam;
            using TorchSharp;
            using TorchSharp.Modules;
            using static TorchSharp.torch;
            namespace N;
            [SamModel]
            public sealed partial class Net : nn.Module<Tensor, Tensor, Tensor>
            {
                [SamLayer(Stage = Order.First, Name = Order.TopName)] private readonly Part part = new Part();
            #if STAGED
                [SamStage(1)] private Tensor Same(Tensor hidden) => hidden;
            #endif
                public Net() : base("net") { }
            }

            [SamModel]
            public sealed partial class Other : Optional
            {
                [SamLayer(Stage = 0)] private readonly Linear body = nn.Linear(2, 2);
                [SamStage(1)] private Tensor Mask(Tensor hidden, Tensor mask) => hidden * mask;
                public Other() : base("other") { }
            }
            """,
            """
            #nullable enable
            using TorchSharp;
            using TorchSharp.Modules;
            using static TorchSharp.torch;
            namespace N;
            public abstract class Optional : nn.Module<torch.Tensor, torch.Tensor?, torch.Tensor> { protected Optional(string name) : base(name) { } }
            public static class Order { public const int First = 0; public const string TopName = "top"; }
            public abstract class Part : nn.Module<Tensor, Tensor> { protected Part() : base("part") { } private readonly Linear weights = nn.Linear(2, 2); }
            """,
        ];
        var run = GeneratorRun.Of(sources);

        var edited = run.Change(file, source => Replace(source, text, replacement));

        Assert.Equal(Texts(GeneratorRun.Of(edited.Compilation.SyntaxTrees.Select(tree => tree.ToString()).ToArray())), Texts(edited));
        Assert.NotEqual(Texts(run), Texts(edited));
    }

    private static IEnumerable<string> Texts(GeneratorRun run)
        => run.Files.OrderBy(file => file.HintName, StringComparer.Ordinal).Select(file => $"{file.HintName}\n{file.SourceText}");

    private static string Replace(string source, string text, string replacement)
    {
        Assert.Contains(text, source, StringComparison.Ordinal);
        return source.Replace(text, replacement);
    }

    /// <summary>The steps of these models, and of no other, came to a new result.</summary>
    private static void AssertChanged(GeneratorRun run, params string[] models)
    {
        var steps = Steps(run);
        Assert.NotEmpty(steps);
        foreach (var step in steps)
        {
            var reasons = new[] { step.Parse, step.Emit, step.Output };
            if (models.Contains(step.Model))
                Assert.All(reasons, reason => Assert.Equal(IncrementalStepRunReason.Modified, reason));
            else
                Assert.All(reasons, reason => Assert.True(IsOld(reason), $"{step.Model}: {string.Join(", ", reasons)}"));
            Assert.True(models.Contains(step.Model) || step.Output == IncrementalStepRunReason.Cached);
        }
    }

    private static bool IsOld(IncrementalStepRunReason reason) => reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    private static List<(string Model, IncrementalStepRunReason Parse, IncrementalStepRunReason Emit, IncrementalStepRunReason Output)> Steps(
        GeneratorRun run)
    {
        var parses = run.Result.TrackedSteps[SamModelGenerator.ParseStep].SelectMany(step => step.Outputs)
            .Where(output => output.Reason != IncrementalStepRunReason.Removed)
            .ToDictionary(output => ((SamModelSpec)output.Value).Declaration.Name, output => output.Reason);
        var emits = run.Result.TrackedSteps[SamModelGenerator.EmitStep].SelectMany(step => step.Outputs)
            .Where(output => output.Reason != IncrementalStepRunReason.Removed)
            .ToDictionary(output => Model(output.Value), output => output.Reason);
        var outputs = run.Result.TrackedOutputSteps.SelectMany(steps => steps.Value).Where(step => IsThere(step.Inputs[0]))
            .ToDictionary(step => Model(Value(step.Inputs[0])), step => step.Outputs.Single().Reason);
        Assert.Equal(parses.Keys.Order(), emits.Keys.Order());
        Assert.Equal(parses.Keys.Order(), outputs.Keys.Order());
        return parses.Select(parse => (parse.Key, parse.Value, emits[parse.Key], outputs[parse.Key])).ToList();
    }

    private static bool IsThere((IncrementalGeneratorRunStep Source, int OutputIndex) input)
        => input.Source.Outputs[input.OutputIndex].Reason != IncrementalStepRunReason.Removed;

    private static object Value((IncrementalGeneratorRunStep Source, int OutputIndex) input) => input.Source.Outputs[input.OutputIndex].Value;

    private static string Model(object emitted) => (((string HintName, string))emitted).HintName.Split('.')[1];
}
