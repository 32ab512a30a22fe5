using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.CodeFixes;

/// <summary>Fixes of what a model puts into its members, and of calls.</summary>
public class ValueFixTests
{
    [Fact]
    public Task Uses_dense_gradients() => FixVerifier.VerifyAsync("SLSAM031",
        Model("""
            [SamLayer] private readonly Embedding first = Embedding(8, 4, sparse: true);
            [SamLayer] private readonly Embedding second = Embedding(8, 4, sparse: true, padding_idx: 0); // padded
            [SamLayer] private readonly Embedding third = Embedding(8, 4, null, null, 2, false, true);
            """),
        Model("""
            [SamLayer] private readonly Embedding first = Embedding(8, 4);
            [SamLayer] private readonly Embedding second = Embedding(8, 4, padding_idx: 0); // padded
            [SamLayer] private readonly Embedding third = Embedding(8, 4, null, null, 2, false, false);
            """));

    private const string Buffers = """
            /// <summary>A remark.</summary>
            private readonly Tensor first = ones(4); // trailing
            private Tensor Second { get; } = zeros(4);
            """;

    [Fact]
    public Task Trains_tensors_as_parameters() => FixVerifier.VerifyAsync("SLSAM032", Model(Buffers),
        Model("""
            /// <summary>A remark.</summary>
            [SamLayer] private readonly Parameter first = new Parameter(ones(4)); // trailing
            [SamLayer] private Parameter Second { get; } = new Parameter(zeros(4));
            """), "UseParameterCodeFix");

    [Fact]
    public Task Keeps_tensors_as_buffers() => FixVerifier.VerifyAsync("SLSAM032", Model(Buffers),
        Model("""
            /// <summary>A remark.</summary>
            [SamIgnore] private readonly Tensor first = ones(4); // trailing
            [SamIgnore] private Tensor Second { get; } = zeros(4);
            """), "SamIgnore");

    [Fact]
    public Task Trains_tensors_that_require_gradients() => FixVerifier.VerifyAsync("SLSAM038",
        Model("""
            private readonly Tensor asked = ones(4, requires_grad: true);
            private readonly Tensor marked = ones(4).requires_grad_();
            private readonly Tensor parameter = Parameter(ones(4));
            """),
        Model("""
            [SamLayer] private readonly Parameter asked = new Parameter(ones(4));
            [SamLayer] private readonly Parameter marked = new Parameter(ones(4));
            [SamLayer] private readonly Parameter parameter = Parameter(ones(4));
            """));

    [Fact]
    public Task Leaves_tensors_that_cannot_be_parameters() => FixVerifier.VerifyNoFixAsync("SLSAM038",
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear head = Linear(4, 2);
            private Tensor mean = zeros(4);

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input)
            {
                mean = mean * 0.9 + input.mean() * 0.1;
                return head.call(input - mean);
            }
        }
        """);

    [Fact]
    public Task Takes_quantized_layers_out() => FixVerifier.VerifyAsync("SLSAM030",
        Model("[SamLayer] private readonly QuantizedLinear body = new();", Quantized),
        Model("private readonly QuantizedLinear body = new();", Quantized));

    [Fact]
    public Task Names_the_dimension() => FixVerifier.VerifyAsync("SLSAM037",
        """
        public static class Sums
        {
            public static Tensor Run(Tensor x) => x.sum(0) + x.prod(0 /* rows */) + torch.sum(x, 0).sum(0);
        }
        """,
        """
        public static class Sums
        {
            public static Tensor Run(Tensor x) => x.sum(dim: 0) + x.prod(dim: 0 /* rows */) + torch.sum(x, dim: 0).sum(dim: 0);
        }
        """);

    private const string Quantized = """

        public class QuantizedLinear() : Module<Tensor, Tensor>(nameof(QuantizedLinear))
        {
            public override Tensor forward(Tensor input) => input;
        }
        """;

    private static string Model(string members, string rest = "") => $$"""
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear head = Linear(4, 2);
            {{members.ReplaceLineEndings("\n    ")}}

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => head.call(input);
        }{{rest}}
        """;
}
