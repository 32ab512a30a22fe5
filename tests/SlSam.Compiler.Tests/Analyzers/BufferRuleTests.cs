using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.Analyzers;

/// <summary>Rules about Tensor fields of a model, which become buffers.</summary>
public class BufferRuleTests
{
    [Fact]
    public Task Tensor_fields_that_may_be_weights() => AnalyzerVerifier.VerifyAsync("""
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            private readonly Tensor {|SLSAM032:scale|} = ones(4);
            private Tensor {|SLSAM032:Bias|} { get; } = zeros(4);
            private readonly Tensor {|SLSAM032:features|};
            [SamLayer] private readonly Linear head = Linear(4, 2);

            public Net(Tensor basis) : base(nameof(Net))
            {
                features = basis;
                RegisterComponents();
            }

            public override Tensor forward(Tensor input) => head.call(input * scale + Bias);
        }
        """);

    [Fact]
    public Task Tensor_fields_that_are_meant_as_buffers_or_are_none() => AnalyzerVerifier.VerifyAsync("""
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            private readonly Tensor mask = ones(4, 4).tril();
            private readonly Tensor positions = arange(4);
            private readonly Tensor present = ones(4) > 0.5;
            private readonly Tensor ids = zeros(4, dtype: ScalarType.Int64);
            [SamIgnore] private readonly Tensor scale = ones(4);
            private static readonly Tensor s_shared = ones(4);
            private Tensor? last;
            private Tensor? cache = null;
            private Tensor Computed => ones(4);
            [SamLayer] private readonly Parameter weight = Parameter(ones(4));

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input)
            {
                cache = input;
                return last = input * weight * scale * Computed;
            }
        }

        public class Inner : Module<Tensor, Tensor>
        {
            private readonly Tensor scale = ones(4);

            public Inner() : base(nameof(Inner)) => RegisterComponents();

            public override Tensor forward(Tensor input) => input * scale;
        }
        """);

    [Fact]
    public Task Buffers_that_require_gradients_or_are_set_later() => AnalyzerVerifier.VerifyAsync("""
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            private readonly Tensor {|SLSAM038:asked|} = ones(4, requires_grad: true);
            private readonly Tensor {|SLSAM038:marked|} = ones(4).requires_grad_();
            private readonly Tensor {|SLSAM038:switched|} = ones(4);
            private readonly Tensor {|SLSAM038:switchedByCall|} = ones(4);
            private readonly Tensor {|SLSAM038:parameter|} = Parameter(ones(4));
            private Tensor {|SLSAM038:mean|} = zeros(4);
            private readonly Tensor {|SLSAM032:off|} = ones(4, requires_grad: false);
            [SamLayer] private readonly Linear head = Linear(4, 2);

            public Net() : base(nameof(Net))
            {
                switched.requires_grad = true;
                switchedByCall.requires_grad_();
                off.requires_grad = false;
                RegisterComponents();
            }

            public override Tensor forward(Tensor input)
            {
                mean = mean * 0.9 + input.mean(new long[] { 0 }) * 0.1;
                return head.call(input - mean);
            }
        }
        """);
}
