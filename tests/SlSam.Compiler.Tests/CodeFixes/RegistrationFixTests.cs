using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.CodeFixes;

public class RegistrationFixTests
{
    [Fact]
    public Task Calls_RegisterComponents_before_the_model_is_moved() => FixVerifier.VerifyAsync("SLSAM022",
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear fc;

            public Net() : base(nameof(Net)) => fc = Linear(4, 2);

            public Net(int classes) : base(nameof(Net))
            {
                fc = Linear(4, classes); // the head
            }

            public Net(int classes, Device? device) : base(nameof(Net))
            {
                fc = Linear(4, classes);

                // Not on the CPU.
                if (device is not null)
                    this.to(device);
            }

            public override Tensor forward(Tensor input) => fc.call(input);
        }
        """,
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear fc;

            public Net() : base(nameof(Net))
            {
                fc = Linear(4, 2);
                RegisterComponents();
            }

            public Net(int classes) : base(nameof(Net))
            {
                fc = Linear(4, classes); // the head
                RegisterComponents();
            }

            public Net(int classes, Device? device) : base(nameof(Net))
            {
                fc = Linear(4, classes);
                RegisterComponents();

                // Not on the CPU.
                if (device is not null)
                    this.to(device);
            }

            public override Tensor forward(Tensor input) => fc.call(input);
        }
        """);

    [Fact]
    public Task Leaves_constructors_that_can_end_early() => FixVerifier.VerifyNoFixAsync("SLSAM022",
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear fc = Linear(4, 2);

            public Net(bool empty) : base(nameof(Net))
            {
                if (empty)
                    return;
                fc = Linear(2, 2);
            }

            public override Tensor forward(Tensor input) => fc.call(input);
        }
        """);

    [Fact]
    public Task Turns_lists_into_module_lists() => FixVerifier.VerifyAsync("SLSAM023",
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear head = Linear(4, 2);
            private readonly List<Linear> blocks = new(); // the trunk
            private readonly Module<Tensor, Tensor>[] parts = { Linear(4, 4), Linear(4, 4), };
            private readonly Linear[] others = new[] { Linear(4, 4) };
            private IList<Linear> More { get; }

            public Net(int depth) : base(nameof(Net))
            {
                More = new List<Linear>();
                for (var i = 0; i < depth; i++)
                    blocks.Add(Linear(4, 4));
                More.Add(Linear(4, 4));
                RegisterComponents();
            }

            public override Tensor forward(Tensor input)
            {
                foreach (var block in blocks.Concat(More))
                    input = block.call(input);
                for (var i = 0; i < blocks.Count; i++)
                    input = blocks[i].call(input);
                return head.call(input);
            }
        }
        """,
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear head = Linear(4, 2);
            private readonly ModuleList<Linear> blocks = new(); // the trunk
            private readonly ModuleList<Module<Tensor, Tensor>> parts = new ModuleList<Module<Tensor, Tensor>>(Linear(4, 4), Linear(4, 4));
            private readonly ModuleList<Linear> others = new ModuleList<Linear>(Linear(4, 4));
            private ModuleList<Linear> More { get; }

            public Net(int depth) : base(nameof(Net))
            {
                More = new ModuleList<Linear>();
                for (var i = 0; i < depth; i++)
                    blocks.Add(Linear(4, 4));
                More.Add(Linear(4, 4));
                RegisterComponents();
            }

            public override Tensor forward(Tensor input)
            {
                foreach (var block in blocks.Concat(More))
                    input = block.call(input);
                for (var i = 0; i < blocks.Count; i++)
                    input = blocks[i].call(input);
                return head.call(input);
            }
        }
        """);

    [Fact]
    public Task Turns_a_list_with_SamLayer_into_a_module_list() => FixVerifier.VerifyAsync("SLSAM006",
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly System.Collections.Generic.List<Linear> blocks = new() { Linear(4, 4) };

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => blocks[0].call(input);
        }
        """,
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly ModuleList<Linear> blocks = new() { Linear(4, 4) };

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => blocks[0].call(input);
        }
        """);

    [Fact]
    public Task Leaves_lists_that_do_more_than_a_module_list_can() => FixVerifier.VerifyNoFixAsync("SLSAM023",
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear head = Linear(4, 2);
            private readonly List<Linear> sorted = new() { Linear(4, 4) };
            private readonly Linear[] sized = new Linear[3];
            private readonly Linear[] measured = { Linear(4, 4) };
            private readonly Dictionary<int, Linear> numbered = new();

            public Net() : base(nameof(Net))
            {
                sorted.Sort((left, right) => 0);
                RegisterComponents();
            }

            public override Tensor forward(Tensor input) => head.call(input) * measured.Length;
        }
        """);

    [Fact]
    public Task Turns_dictionaries_into_module_dicts() => FixVerifier.VerifyAsync("SLSAM023",
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear body = Linear(4, 4);
            private readonly Dictionary<string, Linear> heads = new(); // by task
            private readonly IDictionary<string, Module<Tensor, Tensor>> others;

            public Net(string[] tasks) : base(nameof(Net))
            {
                others = new Dictionary<string, Module<Tensor, Tensor>>();
                foreach (var task in tasks)
                    heads[task] = Linear(4, 1);
                others.Add("extra", Linear(4, 1));
                RegisterComponents();
            }

            public override Tensor forward(Tensor input)
            {
                var sum = others["extra"].call(input);
                foreach (var (name, head) in heads)
                    sum = sum + head.call(body.call(input));
                return sum;
            }
        }
        """,
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear body = Linear(4, 4);
            private readonly ModuleDict<Linear> heads = new(); // by task
            private readonly ModuleDict<Module<Tensor, Tensor>> others;

            public Net(string[] tasks) : base(nameof(Net))
            {
                others = new ModuleDict<Module<Tensor, Tensor>>();
                foreach (var task in tasks)
                    heads.Add(task, Linear(4, 1));
                others.Add("extra", Linear(4, 1));
                RegisterComponents();
            }

            public override Tensor forward(Tensor input)
            {
                var sum = others["extra"].call(input);
                foreach (var (name, head) in heads)
                    sum = sum + head.call(body.call(input));
                return sum;
            }
        }
        """);

    [Fact]
    public Task Leaves_dictionaries_that_do_more_than_a_module_dict_can() => FixVerifier.VerifyNoFixAsync("SLSAM023",
        """
        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear body = Linear(4, 4);
            private readonly Dictionary<string, Linear> pairs = new() { { "a", Linear(4, 4) } };
            private readonly Dictionary<string, Linear> indexed = new() { ["a"] = Linear(4, 4) };
            private readonly Dictionary<string, Linear> compared = new(StringComparer.Ordinal) { { "a", Linear(4, 4) } };

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input)
            {
                foreach (var pair in pairs)
                    input = pair.Value.call(input);
                return body.call(input);
            }
        }
        """);

    [Fact]
    public Task Registers_batch_norms_of_unannotated_modules() => FixVerifier.VerifyAsync("SLSAM034",
        """
        public class Block : Module<Tensor, Tensor>
        {
            private readonly List<BatchNorm1d> norms = new();

            public Block(int depth) : base(nameof(Block))
            {
                for (var i = 0; i < depth; i++)
                    norms.Add(BatchNorm1d(4));
                RegisterComponents();
            }

            public override Tensor forward(Tensor input) => norms[0].call(input);
        }
        """,
        """
        public class Block : Module<Tensor, Tensor>
        {
            private readonly ModuleList<BatchNorm1d> norms = new();

            public Block(int depth) : base(nameof(Block))
            {
                for (var i = 0; i < depth; i++)
                    norms.Add(BatchNorm1d(4));
                RegisterComponents();
            }

            public override Tensor forward(Tensor input) => norms[0].call(input);
        }
        """);

    [Fact]
    public Task Registers_by_name_what_reflection_would_find() => FixVerifier.VerifyAsync("SLSAM036",
        """
        public class Block : Module<Tensor, Tensor>
        {
            private readonly Linear first = Linear(4, 4);
            private readonly Parameter scale = Parameter(ones(4));
            private readonly Tensor mask = ones(4);
            private readonly int width = 4;

            public Block() : base(nameof(Block))
            {
                // All of them.
                RegisterComponents();
            }

            public override Tensor forward(Tensor input) => first.call(input) * scale * mask * width;
        }

        public class Other : Module<Tensor, Tensor>
        {
            private readonly Linear only = Linear(4, 4);

            public Other() : base(nameof(Other)) => RegisterComponents();

            public override Tensor forward(Tensor input) => only.call(input);
        }
        """,
        """
        public class Block : Module<Tensor, Tensor>
        {
            private readonly Linear first = Linear(4, 4);
            private readonly Parameter scale = Parameter(ones(4));
            private readonly Tensor mask = ones(4);
            private readonly int width = 4;

            public Block() : base(nameof(Block))
            {
                // All of them.
                register_module(nameof(first), first);
                register_parameter(nameof(scale), scale);
                register_buffer(nameof(mask), mask);
            }

            public override Tensor forward(Tensor input) => first.call(input) * scale * mask * width;
        }

        public class Other : Module<Tensor, Tensor>
        {
            private readonly Linear only = Linear(4, 4);

            public Other() : base(nameof(Other))
            {
                register_module(nameof(only), only);
            }

            public override Tensor forward(Tensor input) => only.call(input);
        }
        """);

    [Fact]
    public Task Leaves_components_that_may_be_missing() => FixVerifier.VerifyNoFixAsync("SLSAM036",
        """
        public class Block : Module<Tensor, Tensor>
        {
            private readonly Linear? maybe = null;

            public Block() : base(nameof(Block)) => RegisterComponents();

            public override Tensor forward(Tensor input) => maybe?.call(input) ?? input;
        }

        public class Renamed : Module<Tensor, Tensor>
        {
            private Linear Property { get; } = Linear(4, 4);

            public Renamed() : base(nameof(Renamed)) => RegisterComponents();

            public override Tensor forward(Tensor input) => Property.call(input);
        }
        """);
}
