using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.CodeFixes;

public class ClosureFixTests
{
    private static string Training(string statements) => $$"""
        [SamModel]
        public sealed partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear fc = Linear(4, 2);

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => fc.call(input);
        }

        public class Training
        {
            public void Run(Net model, NetSlSam optimizer, CrossEntropyLoss criterion, IEnumerable<(Tensor, Tensor)> batches)
            {
                foreach (var (x, y) in batches)
                {
                    {{statements.ReplaceLineEndings("\n").Replace("\n", "\n            ")}}
                }
            }
        }
        """.ReplaceLineEndings("\n").Replace("\n            \n", "\n\n");

    [Theory]
    [InlineData(
        """
        var loss = functional.cross_entropy(model.forward(x), y);
        loss.backward();
        optimizer.step();
        """,
        """
        optimizer.Step(() => functional.cross_entropy(model.forward(x), y));
        """)]
    [InlineData(
        """
        using var scope = NewDisposeScope();
        optimizer.zero_grad();

        // The forward pass.
        using var prediction = model.forward(x);
        using var scaled = prediction * 0.5;
        using var loss = criterion.forward(scaled, y);

        optimizer.zero_grad();
        loss.backward();
        optimizer.step();
        Console.WriteLine(y.ToString());
        """,
        """
        using var scope = NewDisposeScope();
        optimizer.zero_grad();

        // The forward pass.
        optimizer.Step(() =>
        {
            using var prediction = model.forward(x);
            using var scaled = prediction * 0.5;
            return criterion.forward(scaled, y);
        });
        Console.WriteLine(y.ToString());
        """)]
    [InlineData(
        """
        var shifted = x + 1;
        var logits = model.call(shifted);
        var loss = criterion.call(logits, y);
        loss.backward();
        optimizer.step(null);
        """,
        """
        var shifted = x + 1;
        optimizer.Step(() =>
        {
            var logits = model.call(shifted);
            return criterion.call(logits, y);
        });
        """)]
    public Task Wraps_a_step_in_a_closure(string before, string after) =>
        FixVerifier.VerifyAsync("SLSAM024", Training(before), Training(after));

    [Fact]
    public Task Wraps_a_step_at_the_top_level_of_a_program() => FixVerifier.VerifyAsync("SLSAM024",
        """
        var model = Linear(4, 2);
        SharpnessAwareOptimizer optimizer = Make();

        // Once.
        var prediction = model.forward(ones(1, 4));
        var loss = prediction.sum();
        loss.backward();
        optimizer.step();

        static SharpnessAwareOptimizer Make() => throw new NotImplementedException();
        """,
        """
        var model = Linear(4, 2);
        SharpnessAwareOptimizer optimizer = Make();

        // Once.
        optimizer.Step(() =>
        {
            var prediction = model.forward(ones(1, 4));
            return prediction.sum();
        });

        static SharpnessAwareOptimizer Make() => throw new NotImplementedException();
        """);

    [Theory]
    [InlineData(
        """
        var loss = functional.cross_entropy(model.forward(x), y);
        loss.backward();
        optimizer.step();
        Console.WriteLine(loss.item<float>());
        """)]
    [InlineData(
        """
        var logits = model.forward(x);
        Console.WriteLine(logits.ToString());
        var loss = functional.cross_entropy(logits, y);
        loss.backward();
        optimizer.step();
        """)]
    [InlineData(
        """
        var loss = functional.cross_entropy(model.forward(x), y);
        loss.backward();
        Console.WriteLine("stepping");
        optimizer.step();
        """)]
    [InlineData(
        """
        var loss = functional.cross_entropy(model.forward(x), y);
        // Important.
        loss.backward();
        optimizer.step();
        """)]
    [InlineData(
        """
        var loss = Loss(model.forward(x));
        loss.backward();
        optimizer.step();

        static Tensor Loss(Tensor logits) => logits.sum();
        """)]
    [InlineData("optimizer.step();")]
    public Task Leaves_steps_whose_loss_is_not_obvious(string statements) => FixVerifier.VerifyNoFixAsync("SLSAM024", Training(statements));

    [Theory]
    [InlineData(
        """
        var loss = criterion.forward(model.forward(x), y);
        var report = optimizer.Step(() => loss);
        """,
        """
        var report = optimizer.Step(() => criterion.forward(model.forward(x), y));
        """)]
    [InlineData(
        """
        var logits = model.forward(x);
        optimizer.Step(() => functional.cross_entropy(logits, y));
        """,
        """
        optimizer.Step(() =>
        {
            var logits = model.forward(x);
            return functional.cross_entropy(logits, y);
        });
        """)]
    public Task Moves_the_forward_pass_into_the_closure(string before, string after) =>
        FixVerifier.VerifyAsync("SLSAM027", Training(before), Training(after));

    [Theory]
    [InlineData(
        """
        var logits = model.forward(x);
        optimizer.Step(() => functional.cross_entropy(logits, y));
        Console.WriteLine(logits.ToString());
        """)]
    [InlineData(
        """
        var logits = model.forward(x);
        optimizer.Step(x, _ => functional.cross_entropy(logits, y));
        """)]
    public Task Leaves_what_is_needed_outside(string statements) =>
        FixVerifier.VerifyNoFixAsync("SLSAM027", Training(statements).Replace("[SamLayer]", "[SamLayer(Stage = 0)]")
            .Replace("    public override Tensor forward(Tensor input) => fc.call(input);\n", ""));

    [Fact]
    public Task Removes_backward_from_a_closure() => FixVerifier.VerifyAsync("SLSAM025",
        Training("""
            optimizer.Step(() =>
            {
                var loss = functional.cross_entropy(model.forward(x), y);
                loss.backward();
                // Returned.
                return loss;
            });
            """),
        Training("""
            optimizer.Step(() =>
            {
                var loss = functional.cross_entropy(model.forward(x), y);
                // Returned.
                return loss;
            });
            """));
}
