using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.Analyzers;

public class RunningStatisticsRuleTests
{
    [Fact]
    public Task Statistics_that_no_registered_module_holds() => AnalyzerVerifier.VerifyAsync("""
        public class Block : Module<Tensor, Tensor>
        {
            private readonly List<BatchNorm1d> {|SLSAM034:norms|} = new();
            private readonly Dictionary<string, Module<Tensor, Tensor>> {|SLSAM034:parts|} = new();
            private readonly Module<Tensor, Tensor>[] {|SLSAM034:array|} = { Linear(4, 4), BatchNorm1d(4) };
            private readonly Tensor mean = zeros(4);
            private readonly Tensor variance = ones(4);

            public Block() : base(nameof(Block))
            {
                norms.Add(BatchNorm1d(4));
                parts["norm"] = BatchNorm1d(4);
                RegisterComponents();
            }

            public override Tensor forward(Tensor input)
            {
                var normal = {|SLSAM034:functional.batch_norm(input, mean, variance, training: training)|};
                return {|SLSAM034:functional.instance_norm(normal, mean, variance)|};
            }
        }
        """);

    [Fact]
    public Task Statistics_that_the_optimizer_finds_or_that_do_not_move() => AnalyzerVerifier.VerifyAsync("""
        public class Block : Module<Tensor, Tensor>
        {
            private readonly BatchNorm1d norm = BatchNorm1d(4);
            private readonly ModuleList<BatchNorm1d> norms = new(BatchNorm1d(4));
            private readonly Sequential sequence;
            private readonly List<Linear> linears = new() { Linear(4, 4) };
            private readonly Module<Tensor, Tensor>[] view;
            private readonly List<Module<Tensor, Tensor>> parts = new();
            private readonly Tensor mean = zeros(4);
            private readonly Tensor variance = ones(4);

            public Block() : base(nameof(Block))
            {
                parts.Add(BatchNorm1d(4));
                sequence = Sequential(parts);
                view = new Module<Tensor, Tensor>[] { norm, sequence };
                RegisterComponents();
            }

            public override Tensor forward(Tensor input)
            {
                var normal = functional.batch_norm(norm.call(input), mean, variance, training: false);
                normal = functional.instance_norm(normal);
                return functional.instance_norm(normal, mean, variance, use_input_stats: false);
            }
        }

        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Block block = new();

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => block.call(input);
        }

        public static class Reference
        {
            public static Tensor Compute(Tensor input, Tensor mean, Tensor variance) =>
                functional.batch_norm(input, mean, variance, training: true);
        }
        """);
}
