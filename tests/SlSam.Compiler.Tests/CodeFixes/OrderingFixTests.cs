using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.CodeFixes;

public class OrderingFixTests
{
    private const string Net = """
        [SamModel]
        public sealed partial class Net : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear fc = Linear(4, 2);

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => fc.call(input);
        }
        """;

    [Fact]
    public Task Moves_the_model_before_its_optimizer_is_built() => FixVerifier.VerifyAsync("SLSAM028",
        """
        public static class Training
        {
            public static void Run(Device device, Tensor x)
            {
                var model = new Net();

                // The optimizer.
                using var optimizer = new NetSlSam(model, new SlSamOptions(), UpdateRule.AdamW());

                // The GPU.
                model.to(device); // now
                optimizer.Step(() => model.forward(x).sum());
            }
        }

        """ + Net,
        """
        public static class Training
        {
            public static void Run(Device device, Tensor x)
            {
                var model = new Net();
                // The GPU.
                model.to(device); // now

                // The optimizer.
                using var optimizer = new NetSlSam(model, new SlSamOptions(), UpdateRule.AdamW());
                optimizer.Step(() => model.forward(x).sum());
            }
        }

        """ + Net);

    [Fact]
    public Task Moves_the_model_in_a_program() => FixVerifier.VerifyAsync("SLSAM028",
        """
        var model = new Net();
        var optimizer = new NetSlSam(model, new SlSamOptions(), UpdateRule.AdamW());
        model.to(torch.CUDA);
        optimizer.Step(() => model.forward(ones(1, 4)).sum());

        """ + Net,
        """
        var model = new Net();
        model.to(torch.CUDA);
        var optimizer = new NetSlSam(model, new SlSamOptions(), UpdateRule.AdamW());
        optimizer.Step(() => model.forward(ones(1, 4)).sum());

        """ + Net);

    [Fact]
    public Task Leaves_a_move_to_a_device_that_is_known_only_later() => FixVerifier.VerifyNoFixAsync("SLSAM028",
        """
        public static class Training
        {
            public static void Run(Net model, Tensor x)
            {
                var optimizer = new NetSlSam(model, new SlSamOptions(), UpdateRule.AdamW());
                var device = x.device;
                model.to(device);
                optimizer.Step(() => model.forward(x).sum());
            }
        }

        """ + Net);
}
