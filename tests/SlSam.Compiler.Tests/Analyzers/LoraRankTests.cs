using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.Analyzers;

/// <summary>The rank of low-rank factors is read from the constants that make them.</summary>
public class LoraRankTests
{
    [Theory]
    [InlineData("Linear", "Linear(64, 8)", "Linear(4, 64)")]
    [InlineData("Linear", "Linear(outputSize: 8, inputSize: 64)", "Linear(8 / 2, 64, hasBias: false)")]
    [InlineData("Conv2d", "Conv2d(64, 8, 3)", "Conv2d(4, 64, 1)")]
    [InlineData("Parameter", "Parameter(randn(8, 64))", "Parameter(zeros(64, 4))")]
    [InlineData("Parameter", "new Parameter(randn(new long[] { 8, 64 }) * 0.02)", "new(0.5 * zeros(64, 4), true)")]
    [InlineData("Parameter", "Parameter(empty(64, 8))", "Parameter(empty(4, 32))")]
    [InlineData("ModuleList<Linear>", "new(Linear(64, 8), Linear(32, 8))", "ModuleList(Linear(4, 64))")]
    [InlineData("ParameterList", "new(Parameter(randn(8, 64)))", "new(Parameter(randn(64, 4)))")]
    public Task Factors_of_different_rank_are_found(string type, string a, string b) => VerifyAsync(type, a, b, "{|SLSAM047:a|}");

    [Theory]
    [InlineData("Linear", "Linear(64, 8)", "Linear(8, 64)")]
    [InlineData("Linear", "Linear(64, Rank)", "Linear(8, 64)")]
    [InlineData("Linear", "Linear(64, s_rank)", "Linear(4, 64)")]
    [InlineData("Parameter", "Parameter(randn(64, 8))", "Parameter(randn(8, 32))")]
    [InlineData("Parameter", "Parameter(randn(8, 64))", "Parameter(randn(64, 4).t())")]
    [InlineData("ModuleList<Linear>", "new(Linear(64, 8), Linear(32, 4))", "new(Linear(2, 64), Linear(4, 64))")]
    public Task Silent_where_the_ranks_agree_or_are_not_known(string type, string a, string b) => VerifyAsync(type, a, b, "a");

    [Fact]
    public Task Assignments_in_constructors_count() => AnalyzerVerifier.VerifyAsync(
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            private const int Rank = 8;
            [SamLayer(Stage = 0), LoraPair(nameof(B))] private readonly Linear {|SLSAM047:a|};
            [SamLayer(Stage = 1)] private Linear B { get; }
            [SamLayer(Stage = 2), LoraPair(nameof(d))] private readonly Linear c = Linear(64, 8);
            [SamLayer(Stage = 3)] private readonly Linear d;

            public Net() : base(nameof(Net))
            {
                a = Linear(64, Rank);
                this.B = Linear(Rank / 2, 64);
                d = Linear(4, 64);
                RegisterComponents();
            }

            public Net(int rank) : base(nameof(Net))
            {
                a = Linear(64, Rank);
                B = Linear(Rank / 2, 64);
                d = Linear(rank, 64);
                RegisterComponents();
            }
        }
        """);

    private static Task VerifyAsync(string type, string a, string b, string nameOfA) => AnalyzerVerifier.VerifyAsync(
        $$"""
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            private const long Rank = 8;
            private static readonly long s_rank = 8;
            [SamLayer, LoraPair(nameof(b))] private readonly {{type}} {{nameOfA}} = {{a}};
            [SamLayer] private readonly {{type}} b = {{b}};

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => input;
        }
        """);
}
