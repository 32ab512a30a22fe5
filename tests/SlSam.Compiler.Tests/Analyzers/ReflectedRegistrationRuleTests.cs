using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.Analyzers;

public class ReflectedRegistrationRuleTests
{
    private const string Source = """
        public class Block : Module<Tensor, Tensor>
        {
            private readonly Linear inner = Linear(4, 4);

            public Block() : base(nameof(Block)) => {|SLSAM036:RegisterComponents()|};

            public override Tensor forward(Tensor input) => inner.call(input);
        }

        public class ByName : Module<Tensor, Tensor>
        {
            private readonly Linear inner = Linear(4, 4);

            public ByName() : base(nameof(ByName)) => register_module("inner", inner);

            public override Tensor forward(Tensor input) => inner.call(input);
        }

        public class Own : Module<Tensor, Tensor>
        {
            private readonly Linear inner = Linear(4, 4);

            public Own() : base(nameof(Own)) => RegisterComponents();

            protected override void RegisterComponents() => register_module("inner", inner);

            public override Tensor forward(Tensor input) => inner.call(input);
        }

        public class Empty : Module<Tensor, Tensor>
        {
            public Empty() : base(nameof(Empty)) => RegisterComponents();

            public override Tensor forward(Tensor input) => input;
        }

        public abstract class Backbone : Module<Tensor, Tensor>
        {
            private readonly Linear {|SLSAM011:hidden|} = Linear(4, 4);

            protected Backbone(string name) : base(name) { }

            protected Tensor Encode(Tensor input) => hidden.call(input);
        }

        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Block block = new();

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => block.call(input);
        }

        [SamModel]
        public partial class Hidden : Backbone
        {
            [SamLayer] private readonly Linear head = Linear(4, 2);

            public Hidden() : base(nameof(Hidden)) => {|SLSAM036:RegisterComponents()|};

            public override Tensor forward(Tensor input) => head.call(Encode(input));
        }
        """;

    [Theory]
    [InlineData("PublishAot")]
    [InlineData("PublishTrimmed")]
    [InlineData("IsAotCompatible")]
    [InlineData("IsTrimmable")]
    public Task Reflection_in_a_project_that_is_trimmed_or_native(string property) =>
        AnalyzerVerifier.VerifyAsync(new BuildProperties((property, "true")), Source);

    [Theory]
    [InlineData("PublishAot", "false")]
    [InlineData("PublishAot", "")]
    [InlineData("Nullable", "enable")]
    public Task Reflection_in_any_other_project(string property, string value) =>
        AnalyzerVerifier.VerifyAsync(
            new BuildProperties((property, value)), Source.Replace("{|SLSAM036:RegisterComponents()|}", "RegisterComponents()"));
}
