using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.Analyzers;

public class UsageRuleTests
{
    private const string Net = """
        [SamModel]
        public sealed partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer(Stage = 0)] private readonly Linear fc = Linear(4, 2);

            public Net() : base(nameof(Net)) => RegisterComponents();
        }
        """;

    [Fact]
    public Task Steps_without_a_closure() => AnalyzerVerifier.VerifyAsync(Net, """
        public class Training
        {
            private readonly NetSlSam _optimizer = null!;

            public void Run(NetSlSam optimizer, SharpnessAwareOptimizer any, NetSlSam? perhaps, Func<Tensor>? closure)
            {
                {|SLSAM024:optimizer.step()|};
                {|SLSAM024:optimizer.step(null)|};
                {|SLSAM024:optimizer.step(default)|};
                {|SLSAM024:optimizer.step(closure: null)|};
                {|SLSAM024:any.step()|};
                {|SLSAM024:any.Step((Func<Tensor>)null!)|};
                {|SLSAM024:((any)).step()|};
                perhaps?{|SLSAM024:.step()|};
                {|SLSAM024:_optimizer.step()|};
                optimizer.step(closure);
            }
        }
        """);

    [Fact]
    public Task Steps_of_other_optimizers() => AnalyzerVerifier.VerifyAsync(Net, """
        public class Training
        {
            public void Run(Net model, Tensor x, Tensor y)
            {
                var sgd = optim.SGD(model.parameters(), 0.1);
                sgd.step();
                using (no_grad())
                    sgd.step();
                sgd.step(() =>
                {
                    var loss = functional.cross_entropy(model.forward(x), y);
                    loss.backward();
                    return loss;
                });
            }
        }

        public class NoClosureNeeded(Net model) : SharpnessAwareOptimizer(model, new SlSamOptions(), UpdateRule.AdamW())
        {
            public override Tensor step(Func<Tensor>? closure = null) => closure is null ? ones(1) : base.step(closure);

            public void Run() => step();

            public static void Run(NoClosureNeeded optimizer) => optimizer.step();
        }
        """);

    [Fact]
    public Task Closures_that_call_backward() => AnalyzerVerifier.VerifyAsync(Net, """
        public class Training
        {
            public void Run(Net model, NetSlSam optimizer, Tensor x, Tensor y)
            {
                optimizer.Step(() =>
                {
                    var loss = functional.cross_entropy(model.forward(x), y);
                    if (loss.requires_grad)
                        {|SLSAM025:loss.backward()|};
                    return loss;
                });
                optimizer.Step(x, logits =>
                {
                    var loss = functional.cross_entropy(logits, y);
                    {|SLSAM025:autograd.backward(loss)|};
                    return loss;
                });
                optimizer.step(Closure);

                Tensor Closure()
                {
                    var loss = functional.cross_entropy(model.forward(x), y);
                    {|SLSAM025:loss.backward()|};
                    return loss;
                }
            }
        }
        """);

    [Fact]
    public Task Steps_and_losses_without_gradients() => AnalyzerVerifier.VerifyAsync(Net, """
        public class Training
        {
            public void Run(Net model, NetSlSam optimizer, Func<Tensor> closure, Tensor x, Tensor y)
            {
                using (inference_mode())
                {
                    for (var i = 0; i < 3; i++)
                        {|SLSAM026:optimizer.Step(closure)|};
                }

                optimizer.Step(() =>
                {
                    using var _ = no_grad();
                    return {|SLSAM026:functional.cross_entropy(model.forward(x), y)|};
                });
                optimizer.Step(x, logits =>
                {
                    using (torch.set_grad_enabled(false))
                    {
                        var loss = functional.cross_entropy(logits, y);
                        return {|SLSAM026:loss|};
                    }
                });
            }

            public void After(NetSlSam optimizer, Func<Tensor> closure)
            {
                using var _ = torch.no_grad();
                {|SLSAM026:optimizer.Step(closure)|};
            }
        }
        """);

    [Fact]
    public Task Gradients_that_are_on() => AnalyzerVerifier.VerifyAsync(Net, """
        public class Training
        {
            public void Run(Net model, Net teacher, NetSlSam optimizer, Func<Tensor> closure, Tensor x, Tensor y, bool mode)
            {
                using (no_grad())
                {
                    using (enable_grad())
                        optimizer.Step(closure);
                    Action later = () => optimizer.Step(closure);
                }

                using (inference_mode(false))
                    optimizer.Step(closure);
                using (inference_mode(mode))
                    optimizer.Step(closure);
                optimizer.Step(closure);
                using var _ = no_grad();
            }

            public void Distil(Net model, Net teacher, NetSlSam optimizer, Tensor x)
            {
                optimizer.Step(() =>
                {
                    Tensor target;
                    using (no_grad())
                        target = teacher.forward(x);
                    return functional.mse_loss(model.forward(x), target);
                });
                optimizer.Step(() =>
                {
                    var loss = model.forward(x).sum();
                    using (no_grad())
                    {
                        Console.WriteLine(loss.item<float>());
                        return loss;
                    }
                });
            }
        }
        """);

    [Fact]
    public Task Losses_computed_before_the_step() => AnalyzerVerifier.VerifyAsync(Net, """
        public class Training
        {
            private Tensor _loss = ones(1);

            public void Run(Net model, NetSlSam optimizer, CrossEntropyLoss criterion, Tensor given, Tensor x, Tensor y)
            {
                var loss = functional.cross_entropy(model.forward(x), y);
                optimizer.Step(() => {|SLSAM027:loss|});
                optimizer.Step(() => { return {|SLSAM027:loss|}; });
                optimizer.step(() => {|SLSAM027:given|});
                optimizer.Step(() => {|SLSAM027:_loss|});
                optimizer.Step(x, logits => {|SLSAM027:loss|});

                var logits = model.call(x);
                optimizer.Step(() => functional.cross_entropy({|SLSAM027:logits|}, y));
                optimizer.Step(() => criterion.forward({|SLSAM027:logits|}, y) * 0.5);
            }
        }
        """);

    [Fact]
    public Task Losses_computed_in_the_closure() => AnalyzerVerifier.VerifyAsync(Net, """
        public class Training
        {
            private Tensor Loss => ones(1);

            public void Run(Net model, Net teacher, NetSlSam optimizer, CrossEntropyLoss criterion, Tensor x, Tensor y)
            {
                var target = teacher.forward(x);
                optimizer.Step(() => functional.mse_loss(model.forward(x), target));
                optimizer.Step(x, logits => functional.mse_loss(logits, target));
                optimizer.Step(x, logits => criterion.call(logits, target));
                optimizer.Step(() => Compute(model, target));
                optimizer.Step(() => Loss);
                Func<Tensor> again = () => model.forward(x).sum();
                optimizer.Step(() => again());
                optimizer.Step(again);

                Tensor kept = ones(1);
                optimizer.Step(() =>
                {
                    kept = criterion.forward(model.forward(x), y);
                    return kept;
                });

                var logits = model.forward(x);
                optimizer.Step(() =>
                {
                    logits = model.forward(x);
                    return criterion.forward(logits, y);
                });
            }

            private static Tensor Compute(Net model, Tensor target) => functional.mse_loss(model.forward(target), target);
        }
        """);

    [Fact]
    public Task Models_moved_too_late() => AnalyzerVerifier.VerifyAsync(Net, """
        public class Training
        {
            public void Run(Device device, Tensor x)
            {
                var model = new Net();
                using var optimizer = new NetSlSam(model, new SlSamOptions(), UpdateRule.AdamW());
                {|SLSAM028:model.to(device)|};
                for (var i = 0; i < 3; i++)
                    optimizer.Step(() => model.forward(x).sum());
            }

            public void Convert(Net model, Tensor x)
            {
                SharpnessAwareOptimizer optimizer = new NetSlSam(model, new SlSamOptions(), UpdateRule.AdamW());
                _ = {|SLSAM028:model.cuda()|};
                optimizer.Step(() => model.forward(x).sum());
            }
        }
        """);

    [Fact]
    public Task Models_moved_in_time_or_for_good() => AnalyzerVerifier.VerifyAsync(Net, """
        public class Training
        {
            public void Before(Device device, Tensor x)
            {
                var model = new Net();
                model.to(device);
                using var optimizer = new NetSlSam(model, new SlSamOptions(), UpdateRule.AdamW());
                optimizer.Step(() => model.forward(x).sum());
            }

            public void AfterTraining(Net model, Device device, Tensor x)
            {
                using var optimizer = new NetSlSam(model, new SlSamOptions(), UpdateRule.AdamW());
                optimizer.Step(() => model.forward(x).sum());
                model.to(device);
                model.eval();
            }

            public void AnotherModel(Net model, Net other, Device device, Tensor x)
            {
                using var optimizer = new NetSlSam(model, new SlSamOptions(), UpdateRule.AdamW());
                other.to(device);
                model.to(torch.CPU);
                model.cpu();
                optimizer.Step(() => model.forward(x).sum());
            }

            public void BuiltAnew(Net model, Device device, Tensor x)
            {
                var optimizer = new NetSlSam(model, new SlSamOptions(), UpdateRule.AdamW());
                model.to(device);
                optimizer = new NetSlSam(model, new SlSamOptions(), UpdateRule.AdamW());
                optimizer.Step(() => model.forward(x).sum());
            }
        }
        """);
}
