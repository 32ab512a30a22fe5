using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.Analyzers;

public class RegistrationRuleTests
{
    [Fact]
    public Task Every_constructor_has_to_register() => AnalyzerVerifier.VerifyAsync("""
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear fc;

            public {|SLSAM022:Net|}() : base(nameof(Net)) => fc = Linear(4, 2);

            public Net(int classes) : base(nameof(Net))
            {
                fc = Linear(4, classes);
                RegisterComponents();
            }

            public override Tensor forward(Tensor input) => fc.call(input);
        }
        """);

    [Fact]
    public Task A_primary_constructor_cannot_register() => AnalyzerVerifier.VerifyAsync("""
        [SamModel]
        public partial class {|SLSAM022:Net|}(int classes) : Module<Tensor, Tensor>(nameof(Net))
        {
            [SamLayer] private readonly Linear fc = Linear(4, classes);

            public override Tensor forward(Tensor input) => fc.call(input);
        }
        """);

    [Fact]
    public Task Registration_is_found_wherever_it_is_called() => AnalyzerVerifier.VerifyAsync("""
        public abstract class Base : Module<Tensor, Tensor>
        {
            protected Base(string name) : base(name) => RegisterComponents();
        }

        [SamModel]
        public partial class Chained : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear fc = Linear(4, 2);

            public Chained() : this(nameof(Chained)) { }

            private Chained(string name) : base(name) => Complete();

            private void Complete() => Register(RegisterComponents);

            private static void Register(Action action) => action();

            public override Tensor forward(Tensor input) => fc.call(input);
        }

        [SamModel]
        public partial class ByName : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear fc = Linear(4, 2);

            public ByName() : base(nameof(ByName)) => register_module("fc", fc);

            public override Tensor forward(Tensor input) => fc.call(input);
        }

        [SamModel]
        public partial class Derived : Base
        {
            [SamLayer] private readonly Linear fc = Linear(4, 2);

            public Derived() : base(nameof(Derived)) { }

            public override Tensor forward(Tensor input) => fc.call(input);
        }

        [SamModel]
        public partial class Later : Module<Tensor, Tensor>
        {
            [SamLayer] private Linear fc = Linear(4, 2);

            public Later() : base(nameof(Later)) { }

            public void Build(int classes)
            {
                fc = Linear(4, classes);
                RegisterComponents();
            }

            public override Tensor forward(Tensor input) => fc.call(input);
        }

        [SamModel]
        public partial class GivenAway : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear fc = Linear(4, 2);

            public GivenAway() : base(nameof(GivenAway)) => Registry.Complete(this);

            public override Tensor forward(Tensor input) => fc.call(input);
        }

        public static class Registry
        {
            public static void Complete(Module module) => module.register_module("extra", Linear(2, 2));
        }
        """);

    [Fact]
    public Task Plain_collections_of_every_kind() => AnalyzerVerifier.VerifyAsync("""
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear head = Linear(4, 2);
            private readonly Linear[] {|SLSAM023:array|} = { Linear(4, 4), Linear(4, 4) };
            private readonly IList<Module<Tensor, Tensor>> {|SLSAM023:list|} = new List<Module<Tensor, Tensor>>();
            private readonly Dictionary<string, Linear> {|SLSAM023:heads|} = new();
            private List<Linear> {|SLSAM023:Blocks|} { get; } = new();

            public Net() : base(nameof(Net))
            {
                var block = Linear(4, 4);
                Blocks.Add(block);
                list.Add(Linear(4, 4));
                heads["a"] = Linear(4, 2);
                RegisterComponents();
            }

            public override Tensor forward(Tensor input) => head.call(input);
        }
        """);

    [Fact]
    public Task Second_views_of_registered_modules_are_fine() => AnalyzerVerifier.VerifyAsync("""
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear first = Linear(4, 4);
            [SamLayer] private readonly Linear second = Linear(4, 4);
            [SamLayer] private readonly Sequential trunk;
            [SamLayer] private readonly ModuleList<Linear> blocks;
            private readonly Linear[] both;
            private readonly List<Module<Tensor, Tensor>> parts = new();
            private readonly List<Linear> items = new();
            private readonly List<(string, Module<Tensor, Tensor>)> named = new();
            private readonly List<int> widths = new() { 4, 4 };
            private IEnumerable<Linear> All => both.Concat(items);
            [SamIgnore] private readonly List<Linear> spare = new() { Linear(1, 1) };

            public Net() : base(nameof(Net))
            {
                both = new[] { first, second };
                parts.Add(Linear(4, 4));
                trunk = Sequential(parts);
                var item = Linear(4, 4);
                items.Add(item);
                blocks = new ModuleList<Linear>(item);
                RegisterComponents();
            }

            public override Tensor forward(Tensor input) => trunk.call(input);
        }

        [SamModel]
        public partial class ByName : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear head = Linear(4, 2);
            private readonly List<Linear> blocks = new();

            public ByName(int depth) : base(nameof(ByName))
            {
                for (var i = 0; i < depth; i++)
                {
                    var block = Linear(4, 4);
                    blocks.Add(block);
                    register_module($"block{i}", block);
                }

                RegisterComponents();
            }

            public override Tensor forward(Tensor input) => head.call(input);
        }
        """);
}
