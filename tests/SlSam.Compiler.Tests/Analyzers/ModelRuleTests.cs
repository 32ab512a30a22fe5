using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SlSam.Analyzers.Models;
using SlSam.Compiler.Tests.Harness;
using SlSam.Generators.Parsing;

namespace SlSam.Compiler.Tests.Analyzers;

/// <summary>Where the parser's problems are reported, beyond the examples on the rule pages.</summary>
public class ModelRuleTests
{
    [Fact]
    public void Every_kind_of_problem_has_a_rule() =>
        Assert.All(Enum.GetValues<ModelProblemKind>(), kind => Assert.NotNull(ModelProblemRules.RuleFor(kind)));

    [Fact]
    public Task A_model_in_two_files_is_reported_once() => AnalyzerVerifier.VerifyAsync(
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            private readonly Linear {|SLSAM010:fc|} = Linear(4, 2);

            public Net() : base(nameof(Net)) => RegisterComponents();
        }
        """,
        """
        public partial class Net
        {
            [SamLayer] private readonly Linear head = Linear(2, 2);

            public override Tensor forward(Tensor input) => head.call(fc.call(input));
        }
        """);

    [Fact]
    public Task Every_type_around_a_model_is_reported() => AnalyzerVerifier.VerifyAsync("""
        public class {|SLSAM002:Outer|}
        {
            public struct {|SLSAM002:Middle|}
            {
                [SamModel]
                public class {|SLSAM001:Net|}() : Module<Tensor, Tensor>("net")
                {
                    public override Tensor forward(Tensor input) => input;
                }
            }
        }
        """);

    [Fact]
    public Task What_cannot_be_a_layer() => AnalyzerVerifier.VerifyAsync("""
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private static readonly Linear {|SLSAM006:s_shared|} = Linear(4, 4);
            [SamLayer] private readonly Tensor {|SLSAM006:buffer|} = ones(4);
            [SamLayer] private readonly Dictionary<string, Linear> {|SLSAM006:heads|} = new();
            [SamLayer] private readonly Linear[] {|SLSAM006:blocks|} = new[] { Linear(4, 4) };
            [SamLayer] private int {|SLSAM006:Width|} => 4;
            [SamLayer] private readonly Linear fc = Linear(4, 4);

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => fc.call(input);
        }
        """);

    [Fact]
    public Task Weights_are_found_in_properties_and_in_modules_of_ones_own() => AnalyzerVerifier.VerifyAsync("""
        public class Block : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public Block() : base(nameof(Block)) => RegisterComponents();

            public override Tensor forward(Tensor input) => fc.call(input);
        }

        public class Scale() : Module<Tensor, Tensor>("scale")
        {
            public override Tensor forward(Tensor input) => input * 2;
        }

        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] public Linear Head { get; } = Linear(4, 2);
            public Block {|SLSAM010:Block|} { get; } = new();
            private readonly ModuleList<Block> {|SLSAM010:blocks|} = new();
            private readonly Parameter {|SLSAM010:bias|} = Parameter(zeros(2));
            private readonly Scale scale = new();
            private readonly ReLU relu = ReLU();
            private readonly CrossEntropyLoss loss = CrossEntropyLoss();
            private readonly Tensor mask = ones(2, 2).tril();
            [SamIgnore] private readonly Linear frozen = Linear(4, 4);

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => Head.call(input);
        }
        """);

    [Fact]
    public Task Weights_in_members_of_vague_type_are_found_by_what_is_put_there() => AnalyzerVerifier.VerifyAsync("""
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> {|SLSAM010:fc|} = Linear(4, 4);
            private readonly Module<Tensor, Tensor> {|SLSAM010:trunk|};
            private readonly ModuleList<Module<Tensor, Tensor>> {|SLSAM010:list|} = new();
            private Module<Tensor, Tensor> {|SLSAM010:Choice|} { get; }
            private readonly Module<Tensor, Tensor> relu = ReLU();
            private readonly Module<Tensor, Tensor> activation;
            private readonly ModuleList<Module<Tensor, Tensor>> dropouts = new(Dropout(0.1), Dropout(0.2));
            [SamLayer] private readonly Module<Tensor, Tensor> head = Linear(4, 4);

            public Net(bool deep, Module<Tensor, Tensor> given) : base(nameof(Net))
            {
                trunk = Sequential(Linear(4, 4), ReLU());
                list.Add(ReLU());
                list.Add(Linear(4, 4));
                Choice = deep ? Linear(4, 4) : Identity();
                activation = given;
                RegisterComponents();
            }

            public override Tensor forward(Tensor input) => head.call(input);
        }
        """);

    [Fact]
    public Task Layers_without_weights() => AnalyzerVerifier.VerifyAsync("""
        public class Scale() : Module<Tensor, Tensor>("scale")
        {
            public override Tensor forward(Tensor input) => input * 2;
        }

        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer(Stage = 0)] private readonly Linear fc = Linear(4, 4);
            [SamLayer(Stage = 1)] private readonly ReLU {|SLSAM007:relu|} = ReLU();
            [SamLayer(Stage = 2)] private readonly Scale {|SLSAM007:scale|} = new();
            [SamLayer(Stage = 3)] private readonly ModuleList<Dropout> {|SLSAM007:dropouts|} = new();

            public Net() : base(nameof(Net)) => RegisterComponents();
        }
        """);

    /// <summary>Script modules are TorchSharp's; a provider of its API may lack them, so an assembly of its name stands in.</summary>
    [Fact]
    public async Task Script_modules_cannot_be_layers()
    {
        var torch = CSharpCompilation.Create(
            "TorchSharp",
            [
                CSharpSyntaxTree.ParseText("""
                    namespace TorchSharp
                    {
                        public static class torch
                        {
                            public class Tensor { }

                            public static class nn
                            {
                                public class Module { protected Module(string name) { } protected virtual void RegisterComponents() { } }
                                public abstract class Module<T, TResult>(string name) : Module(name)
                                {
                                    public abstract TResult forward(T input);
                                }

                            }

                            public static class jit
                            {
                                public class ScriptModule() : nn.Module("") { }
                                public class ScriptModule<T, TResult> : ScriptModule { }
                            }
                        }
                    }
                    """)
            ],
            TestCompilation.References.Where(reference => !reference.Display!.EndsWith("TorchSharp.dll", StringComparison.Ordinal)),
            TestCompilation.Options);
        var compilation = CSharpCompilation.Create(
            "Test",
            [
                CSharpSyntaxTree.ParseText("""
                    using TorchSharp;

                    [SlSam.SamModel]
                    public partial class Net : torch.nn.Module<torch.Tensor, torch.Tensor>
                    {
                        [SlSam.SamLayer] private readonly torch.jit.ScriptModule<torch.Tensor, torch.Tensor> script = new();

                        public Net() : base("net") => RegisterComponents();

                        public override torch.Tensor forward(torch.Tensor input) => input;
                    }
                    """)
            ],
            torch.References.Append(torch.ToMetadataReference()),
            TestCompilation.Options);

        var found = await AnalyzerVerifier.AnalyzeAsync(compilation);

        Assert.Contains(found, diagnostic => diagnostic.Id == "SLSAM008" && diagnostic.GetMessage().Contains("'script'"));
        Assert.All(found, diagnostic => Assert.Contains(diagnostic.Id, new[] { "SLSAM005", "SLSAM008" }));
    }

    [Fact]
    public Task Stages_in_disorder_are_each_reported() => AnalyzerVerifier.VerifyAsync("""
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer(Stage = 1)] private readonly Linear {|SLSAM013:first|} = Linear(4, 4);
            [SamLayer(Stage = 4)] private readonly Linear {|SLSAM013:last|} = Linear(4, 4);
            [SamLayer] private readonly Linear {|SLSAM018:forgotten|} = Linear(4, 4);

            public Net() : base(nameof(Net)) => RegisterComponents();

            [SamStage(1)] private Tensor {|SLSAM014:Pool|}(Tensor input) => input;

            [SamStage(2)] private Tensor {|SLSAM015:Index|}(Tensor input, long index) => input;

            [SamStage(-1)] private Tensor {|SLSAM012:Early|}(Tensor input) => input;
        }
        """);

    [Fact]
    public Task Optimizer_names_that_are_taken() => AnalyzerVerifier.VerifyAsync("""
        public class NetSlSam { }

        [SamModel]
        public partial class {|SLSAM021:Net|} : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear fc = Linear(4, 4);

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => fc.call(input);
        }
        """);

    [Fact]
    public Task A_class_without_the_attribute_is_nobodys_business() => AnalyzerVerifier.VerifyAsync("""
        public class Net : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);
            private readonly List<Linear> blocks = new() { Linear(4, 4) };

            public Net() : base(nameof(Net)) { }

            public override Tensor forward(Tensor input) => fc.call(input);
        }
        """);

    [Fact]
    public Task A_rule_can_be_silenced_where_it_fires() => AnalyzerVerifier.VerifyAsync("""
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
        #pragma warning disable SLSAM010
            private readonly Linear hidden = Linear(4, 4);
        #pragma warning restore SLSAM010
            [SamLayer] private readonly Linear fc = Linear(4, 4);

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => fc.call(hidden.call(input));
        }
        """);

    [Fact]
    public Task Modules_that_hold_vague_ones_are_judged_by_what_they_make() => AnalyzerVerifier.VerifyAsync("""
        public class Plain : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> dropout = Dropout(0.1);

            public Plain() : base(nameof(Plain)) => RegisterComponents();

            public override Tensor forward(Tensor input) => dropout.call(input);
        }

        public class Weighted : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> layers;

            public Weighted() : base(nameof(Weighted))
            {
                layers = torch.nn.Sequential(ReLU(), torch.nn.Conv2d(1, 1, 3));
                RegisterComponents();
            }

            public override Tensor forward(Tensor input) => layers.call(input);
        }

        public class Outer : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> plain = new Plain();
            private readonly Module<Tensor, Tensor> weighted = new Weighted();

            public Outer() : base(nameof(Outer)) => RegisterComponents();

            public override Tensor forward(Tensor input) => plain.call(weighted.call(input));
        }

        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            private readonly Plain plain = new();
            private readonly ModuleList<Plain> plains = new();
            private readonly Weighted {|SLSAM010:weighted|} = new();
            private readonly Outer {|SLSAM010:outer|} = new();
            [SamLayer] private readonly Linear head = Linear(4, 2);

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => head.call(outer.call(plain.call(weighted.call(input))));
        }
        """);
}
