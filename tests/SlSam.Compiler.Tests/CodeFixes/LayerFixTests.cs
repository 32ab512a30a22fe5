using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.CodeFixes;

public class LayerFixTests
{
    private const string Unannotated = """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            /// <summary>The first.</summary>
            private readonly Linear first = Linear(4, 4); // trailing

            [Obsolete]
            // A remark.
            private readonly Linear second = Linear(4, 4);

            public Linear Third { get; } = Linear(4, 4);

            [SamLayer] private readonly Linear head = Linear(4, 4);

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => head.call(input);
        }
        """;

    [Theory]
    [InlineData("SamLayer")]
    [InlineData("SamIgnore")]
    public Task Annotates_members_with_weights(string attribute) => FixVerifier.VerifyAsync("SLSAM010", Unannotated,
        $$"""
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            /// <summary>The first.</summary>
            [{{attribute}}] private readonly Linear first = Linear(4, 4); // trailing

            [{{attribute}}]
            [Obsolete]
            // A remark.
            private readonly Linear second = Linear(4, 4);

            [{{attribute}}] public Linear Third { get; } = Linear(4, 4);

            [SamLayer] private readonly Linear head = Linear(4, 4);

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => head.call(input);
        }
        """, attribute);

    private const string Staged = """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            private readonly Linear first = Linear(4, 4);
            [SamLayer(Stage = 0)] private readonly Linear head = Linear(4, 4);

            public Net() : base(nameof(Net)) => RegisterComponents();
        }
        """;

    [Fact]
    public Task Leaves_the_stage_of_a_layer_to_the_user() => FixVerifier.VerifyNoFixAsync("SLSAM010", Staged, "SamLayer");

    [Fact]
    public Task Ignores_members_of_staged_models() =>
        FixVerifier.VerifyAsync("SLSAM010", Staged,
            Staged.Replace("    private readonly Linear first", "    [SamIgnore] private readonly Linear first"));

    [Fact]
    public Task Does_not_annotate_one_of_several_fields() => FixVerifier.VerifyNoFixAsync("SLSAM010",
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            private readonly Linear first = Linear(4, 4), second = Linear(4, 4);
            [SamLayer] private readonly Linear head = Linear(4, 4);

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => head.call(input);
        }
        """);

    [Fact]
    public Task Removes_SamLayer_from_what_has_no_weights() => FixVerifier.VerifyAsync("SLSAM007",
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear head = Linear(4, 4);

            // Between the two.
            [SamLayer] private readonly ReLU relu = ReLU();

            /// <summary>On its own line.</summary>
            [SamLayer]
            private readonly ReLU other = ReLU();

            [Obsolete, SamLayer]
            private readonly ReLU last = ReLU();

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => head.call(input);
        }
        """,
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear head = Linear(4, 4);

            // Between the two.
            private readonly ReLU relu = ReLU();

            /// <summary>On its own line.</summary>
            private readonly ReLU other = ReLU();

            [Obsolete]
            private readonly ReLU last = ReLU();

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => head.call(input);
        }
        """);

    [Fact]
    public Task Does_not_tear_a_gap_into_the_stages() => FixVerifier.VerifyNoFixAsync("SLSAM007",
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer(Stage = 0)] private readonly Linear head = Linear(4, 4);
            [SamLayer(Stage = 1)] private readonly ReLU relu = ReLU();

            public Net() : base(nameof(Net)) => RegisterComponents();
        }
        """);

    [Theory]
    [InlineData("SamIgnore", "[SamLayer]")]
    [InlineData("SamLayer", "[SamIgnore]")]
    public Task Removes_either_of_two_attributes(string removed, string left) =>
        FixVerifier.VerifyAsync("SLSAM009", Contradictory("[SamLayer, SamIgnore]"), Contradictory(left), removed);

    private static string Contradictory(string attributes) => $$"""
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear head = Linear(4, 4);
            {{attributes}} private readonly Linear body = Linear(4, 4);

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => head.call(input);
        }
        """;

    [Fact]
    public Task Renumbers_stages_in_their_order() => FixVerifier.VerifyAsync("SLSAM013",
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer(Stage = 7, Name = "head")] private readonly Linear head = Linear(4, 4);
            [SamLayer(Name = "body", Stage = /* first */ 1)] private readonly Linear body = Linear(4, 4);
            [SamLayer(Stage = 3)] private readonly Parameter scale = Parameter(ones(4));

            public Net() : base(nameof(Net)) => RegisterComponents();

            [SamStage(3)] private Tensor Scale(Tensor input) => input * scale;
        }
        """,
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer(Stage = 2, Name = "head")] private readonly Linear head = Linear(4, 4);
            [SamLayer(Name = "body", Stage = /* first */ 0)] private readonly Linear body = Linear(4, 4);
            [SamLayer(Stage = 1)] private readonly Parameter scale = Parameter(ones(4));

            public Net() : base(nameof(Net)) => RegisterComponents();

            [SamStage(1)] private Tensor Scale(Tensor input) => input * scale;
        }
        """);

    [Fact]
    public Task Leaves_stages_that_are_named_constants() => FixVerifier.VerifyNoFixAsync("SLSAM013",
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            private const int Last = 3;
            [SamLayer(Stage = 0)] private readonly Linear head = Linear(4, 4);
            [SamLayer(Stage = Last)] private readonly Linear body = Linear(4, 4);

            public Net() : base(nameof(Net)) => RegisterComponents();
        }
        """);

    [Fact]
    public Task Names_the_partner_of_a_low_rank_pair() => FixVerifier.VerifyAsync("SLSAM044",
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer, LoraPair] private readonly Parameter queryDown = Parameter(ones(2, 8));
            [SamLayer] private readonly Parameter queryUp = Parameter(ones(8, 2));
            [SamLayer, LoraPair("misspelt")] private readonly Parameter loraA = Parameter(ones(2, 8));
            [SamLayer] private readonly Parameter loraB = Parameter(ones(8, 2));
            [LoraPair]
            [SamLayer] private readonly Linear inner = Linear(8, 2, hasBias: false);
            [SamLayer] private readonly Linear outer = Linear(2, 8, hasBias: false);

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => outer.call(inner.call(input));
        }
        """,
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer, LoraPair(nameof(queryUp))] private readonly Parameter queryDown = Parameter(ones(2, 8));
            [SamLayer] private readonly Parameter queryUp = Parameter(ones(8, 2));
            [SamLayer, LoraPair(nameof(loraB))] private readonly Parameter loraA = Parameter(ones(2, 8));
            [SamLayer] private readonly Parameter loraB = Parameter(ones(8, 2));
            [LoraPair(nameof(outer))]
            [SamLayer] private readonly Linear inner = Linear(8, 2, hasBias: false);
            [SamLayer] private readonly Linear outer = Linear(2, 8, hasBias: false);

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => outer.call(inner.call(input));
        }
        """);

    [Fact]
    public Task Does_not_guess_a_partner() => FixVerifier.VerifyNoFixAsync("SLSAM044",
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer, LoraPair] private readonly Parameter first = Parameter(ones(2, 8));
            [SamLayer] private readonly Parameter second = Parameter(ones(8, 2));
            [SamLayer] private readonly Parameter third = Parameter(ones(8, 2));

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => input * first * second * third;
        }
        """);

    [Fact]
    public Task Makes_the_factor_of_a_pair_a_layer() => FixVerifier.VerifyAsync("SLSAM046",
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer, LoraPair(nameof(up))] private readonly Parameter down = Parameter(ones(2, 8));
            private readonly Parameter up = Parameter(ones(8, 2));

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => input * down * up;
        }
        """,
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer, LoraPair(nameof(up))] private readonly Parameter down = Parameter(ones(2, 8));
            [SamLayer] private readonly Parameter up = Parameter(ones(8, 2));

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => input * down * up;
        }
        """);

    [Fact]
    public Task Removes_SparseDelta_from_what_is_no_layer() => FixVerifier.VerifyAsync("SLSAM043",
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SparseDelta, SamIgnore] private readonly Linear body = Linear(4, 4);
            [SamLayer] private readonly Linear head = Linear(4, 4);

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => head.call(body.call(input));
        }
        """,
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamIgnore] private readonly Linear body = Linear(4, 4);
            [SamLayer] private readonly Linear head = Linear(4, 4);

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => head.call(body.call(input));
        }
        """);

    [Theory]
    [InlineData("SLSAM041", "Expand", "[SamLayer(Name = \"body\", Expand = true)]", "[SamLayer(Name = \"body\")]")]
    [InlineData("SLSAM041", "Expand", "[SamLayer(Expand = true)]", "[SamLayer]")]
    [InlineData("SLSAM042", "AlwaysActive", "[SamLayer(Frozen = true, AlwaysActive = true)]", "[SamLayer(Frozen = true)]")]
    [InlineData("SLSAM042", "Frozen", "[SamLayer(Frozen = true, AlwaysActive = true)]", "[SamLayer(AlwaysActive = true)]")]
    [InlineData("SLSAM042", "SparseDelta", "[SamLayer(Frozen = true), SparseDelta]", "[SamLayer(Frozen = true)]")]
    [InlineData("SLSAM042", "Frozen", "[SamLayer(Frozen = true), SparseDelta]", "[SamLayer, SparseDelta]")]
    public Task Removes_what_has_no_effect(string rule, string removed, string before, string left) =>
        FixVerifier.VerifyAsync(rule, Contradictory(before), Contradictory(left), removed);

    [Fact]
    public Task Removes_LoraPair_from_what_makes_no_pair() => FixVerifier.VerifyAsync("SLSAM045", Paired("[SamLayer, LoraPair(nameof(up))]"), Paired("[SamLayer]"));

    private static string Paired(string attributes) => $$"""
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            {{attributes}} private readonly Linear down = Linear(4, 2);
            [SamLayer] private readonly ModuleList<Linear> up = new(Linear(2, 4));

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => up[0].call(down.call(input));
        }
        """;
}
