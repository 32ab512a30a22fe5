using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.Analyzers;

/// <summary>Rules about what a model puts into its layers.</summary>
public class LayerValueRuleTests
{
    private const string QuantizedLibrary = """
        namespace Other.Quantized
        {
            public class Conv(Tensor weight) : Module<Tensor, Tensor>(nameof(Conv))
            {
                public override Tensor forward(Tensor input) => input * weight;
            }
        }

        public class QuantizedLinear(Tensor weight) : Module<Tensor, Tensor>(nameof(QuantizedLinear))
        {
            public override Tensor forward(Tensor input) => input * weight;
        }

        public class Derived(Tensor weight) : QuantizedLinear(weight);

        public static class Quantization
        {
            public static Tensor quantize_per_tensor(Tensor input, double scale) => input;
        }
        """;

    [Fact]
    public Task Quantized_layers_are_known_by_name_namespace_base_class_and_value() => AnalyzerVerifier.VerifyAsync("""
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly QuantizedLinear {|SLSAM030:named|} = new(ones(4));
            [SamLayer] private readonly Other.Quantized.Conv {|SLSAM030:placed|} = new(ones(4));
            [SamLayer] private readonly Derived {|SLSAM030:derived|} = new(ones(4));
            [SamLayer] private readonly ModuleList<QuantizedLinear> {|SLSAM030:listed|} = new();
            [SamLayer] private readonly Parameter made = new({|SLSAM030:Quantization.quantize_per_tensor(ones(4), 0.1)|});
            private readonly QuantizedLinear left;
            [SamLayer] private readonly Linear head = Linear(4, 2);

            public Net() : base(nameof(Net))
            {
                left = new(Quantization.quantize_per_tensor(ones(4), 0.1));
                RegisterComponents();
            }

            public override Tensor forward(Tensor input) => head.call(named.call(input));
        }
        """, QuantizedLibrary);

    [Fact]
    public Task Sparse_gradients_in_every_way_to_ask_for_them() => AnalyzerVerifier.VerifyAsync("""
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            private const bool Sparse = true;
            [SamLayer] private readonly Embedding named = Embedding(8, 4, {|SLSAM031:sparse: true|});
            [SamLayer] private readonly Embedding positional = Embedding(8, 4, null, null, 2, false, {|SLSAM031:true|});
            [SamLayer] private readonly Embedding constant = Embedding(8, 4, {|SLSAM031:sparse: Sparse|});
            [SamLayer] private readonly Embedding loaded;
            [SamLayer] private readonly Embedding dense = Embedding(8, 4, sparse: false);
            [SamLayer] private readonly Embedding chosen;
            [SamIgnore] private readonly Embedding ignored = Embedding(8, 4, sparse: true);

            public Net(bool sparse) : base(nameof(Net))
            {
                loaded = Embedding_from_pretrained(ones(8, 4), {|SLSAM031:sparse: true|});
                chosen = Embedding(8, 4, sparse: sparse);
                RegisterComponents();
            }

            public override Tensor forward(Tensor input) => named.call(input);
        }

        public static class Elsewhere
        {
            public static Embedding Create() => Embedding(8, 4, sparse: true);
        }
        """);

    [Fact]
    public Task One_instance_in_two_layers() => AnalyzerVerifier.VerifyAsync("""
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear first;
            [SamLayer] private readonly Linear second;
            [SamLayer] private readonly Linear third;
            [SamLayer] private readonly Linear given;
            [SamLayer] private readonly Linear givenAgain;
            [SamLayer] private readonly ModuleList<Linear> blocks = new();
            [SamLayer] private readonly Sequential trunk;
            [SamLayer] private readonly Embedding tokens = Embedding(4, 4);
            [SamLayer] private readonly Linear decoder = Linear(4, 4);

            public Net(Linear outer) : base(nameof(Net))
            {
                var shared = Linear(4, 4);
                first = shared;
                second = {|SLSAM033:shared|};
                third = {|SLSAM033:first|};
                given = outer;
                givenAgain = ({|SLSAM033:outer|});
                var repeated = Linear(4, 4);
                for (var i = 0; i < 3; i++)
                    blocks.Add({|SLSAM033:repeated|});
                var inner = Linear(4, 4);
                trunk = Sequential(("a", inner), ("b", ReLU()), ("c", {|SLSAM033:inner|}));
                decoder.weight = {|SLSAM033:tokens.weight|};
                RegisterComponents();
            }

            public override Tensor forward(Tensor input) => first.call(input);
        }

        [SamModel]
        public partial class Primary(Linear outer) : Module<Tensor, Tensor>(nameof(Primary))
        {
            [SamLayer] private readonly Linear first = outer;
            [SamLayer] private readonly Linear second = {|SLSAM033:outer|};

            public void Complete() => RegisterComponents();

            public override Tensor forward(Tensor input) => first.call(input);
        }
        """);

    [Fact]
    public Task Instances_that_are_or_may_be_different() => AnalyzerVerifier.VerifyAsync("""
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear first;
            [SamLayer] private readonly Linear second;
            [SamLayer] private readonly Linear? either;
            [SamLayer] private readonly Linear? other;
            [SamLayer] private readonly ModuleList<Linear> blocks = new();
            [SamLayer] private readonly ModuleList<Linear> others = new();
            [SamLayer] private readonly Sequential trunk;
            [SamLayer(Frozen = true)] private readonly Linear frozen;
            [SamIgnore] private readonly Linear alias;
            private readonly ReLU relu = ReLU();
            private readonly ReLU again;
            private readonly Linear[] view;

            public Net(bool choice, Func<Linear> make) : base(nameof(Net))
            {
                var layer = Linear(4, 4);
                first = layer;
                layer = Linear(4, 4);
                second = layer;
                var one = make();
                if (choice)
                    either = one;
                else
                    other = one;
                for (var i = 0; i < 3; i++)
                {
                    var block = Linear(4, 4);
                    blocks.Add(block);
                }

                Linear? late;
                late = Linear(4, 4);
                others.Add(late);
                others.Add(Linear(4, 4));
                trunk = Sequential(relu, Linear(4, 4), relu);
                again = relu;
                alias = first;
                frozen = first;
                view = new[] { first, second };
                RegisterComponents();
            }

            public Net(Net original) : base(nameof(Net))
            {
                first = original.first;
                second = original.first;
                trunk = original.trunk;
                alias = frozen = original.frozen;
                again = relu;
                view = Array.Empty<Linear>();
                RegisterComponents();
            }

            public Net(Linear only) : base(nameof(Net))
            {
                first = second = Linear(4, 4);
                trunk = Sequential(only);
                alias = frozen = only;
                again = relu;
                view = Array.Empty<Linear>();
                RegisterComponents();
            }

            public override Tensor forward(Tensor input) => first.call(input);
        }
        """);
}
