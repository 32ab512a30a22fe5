using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.CodeFixes;

public class DeclarationFixTests
{
    [Fact]
    public Task Makes_models_partial_and_keeps_what_stands_around() => FixVerifier.VerifyAsync("SLSAM001",
        """
        /// <summary>First.</summary>
        [SamModel]
        public sealed class First() : Module<Tensor, Tensor>("first")
        {
            public override Tensor forward(Tensor input) => input;
        }

        // Second.
        [SamModel] class Second() : Module<Tensor, Tensor>("second") // and last
        {
            public override Tensor forward(Tensor input) => input;
        }
        """,
        """
        /// <summary>First.</summary>
        [SamModel]
        public sealed partial class First() : Module<Tensor, Tensor>("first")
        {
            public override Tensor forward(Tensor input) => input;
        }

        // Second.
        [SamModel] partial class Second() : Module<Tensor, Tensor>("second") // and last
        {
            public override Tensor forward(Tensor input) => input;
        }
        """);

    [Fact]
    public Task Makes_every_containing_type_partial_once() => FixVerifier.VerifyAsync("SLSAM002",
        """
        // Leading.
        class Outer
        {
            internal readonly record struct Inner
            {
                [SamModel] public partial class First() : Module<Tensor, Tensor>("first")
                { public override Tensor forward(Tensor input) => input; }

                [SamModel] public partial class Second() : Module<Tensor, Tensor>("second")
                { public override Tensor forward(Tensor input) => input; }
            }
        }
        """,
        """
        // Leading.
        partial class Outer
        {
            internal readonly partial record struct Inner
            {
                [SamModel] public partial class First() : Module<Tensor, Tensor>("first")
                { public override Tensor forward(Tensor input) => input; }

                [SamModel] public partial class Second() : Module<Tensor, Tensor>("second")
                { public override Tensor forward(Tensor input) => input; }
            }
        }
        """);

    [Fact]
    public Task Makes_models_internal_that_are_local_to_their_file() => FixVerifier.VerifyAsync("SLSAM003",
        """
        // Leading.
        file sealed partial class Outer
        {
            [SamModel] public partial class Inner() : Module<Tensor, Tensor>("inner")
            {
                [SamIgnore] private readonly Linear fc = Linear(4, 2);

                public override Tensor forward(Tensor input) => fc.call(input);
            }
        }
        """,
        """
        // Leading.
        internal sealed partial class Outer
        {
            [SamModel] public partial class Inner() : Module<Tensor, Tensor>("inner")
            {
                [SamIgnore] private readonly Linear fc = Linear(4, 2);

                public override Tensor forward(Tensor input) => fc.call(input);
            }
        }
        """);
}
