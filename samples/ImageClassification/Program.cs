// README.md says what this shows. A residual network with batch normalization learns Fashion-MNIST with AdamW, SAM and SL-SAM, each for as many steps.
using System.CommandLine;
using System.Globalization;
using ImageClassification;
using MiniLM.CommandLine;
using MiniLM.Terminal;
using MiniLM.Training;
using SlSam;
using TorchSharp;
using static TorchSharp.torch;

var steps = RangedOption.Whole("--steps", "How many steps of 64 images each method trains.", 1, 100_000, otherwise: 300);
var folder = new Option<string>("--data") { Description = "The folder with Fashion-MNIST's files.", DefaultValueFactory = _ => FashionMnist.DefaultFolder };
var command = new SampleCommand("images", "Trains a small residual network on Fashion-MNIST with AdamW, SAM and SL-SAM.") { steps, folder };
return await command.RunAsync(args, (parsed, display, recording, cancellation) => Run(
    display, recording, parsed.GetValue(steps), parsed.GetValue(folder)!, cancellation));

static async Task<int> Run(IDisplay display, Recording recording, int steps, string folder, CancellationToken cancellation)
{
    if (!Directory.Exists(folder))
    {
        display.Say($"There is no folder '{folder}'. On Debian: apt-get install dataset-fashion-mnist");
        return ExitCode.Failed;
    }

    using var scope = NewDisposeScope();
    var training = FashionMnist.Load(folder, "train");
    var test = FashionMnist.Load(folder, "t10k");
    var loop = new TrainingLoop(display, TrainingLoop.FolderOf("images"), recording);
    var rows = new List<IReadOnlyList<string>>();
    var adamWSeconds = double.NaN;
    foreach (var (name, options) in new (string, SharpnessOptions)[]
    {
        ("AdamW", new PlainOptions()),
        ("SAM", new SamOptions { Rho = 0.05 }),
        ("SL-SAM", new SlSamOptions { Sparsity = 0.5, Rho = 0.05 }),
        ("SL-SAM, half-batch ascent", new SlSamOptions { Sparsity = 0.5, Rho = 0.05, AscentFraction = 0.5 }),
    })
    {
        manual_seed(1);
        using var model = new ResidualNetwork(FashionMnist.Classes);
        using var optimizer = new ResidualNetworkSlSam(model, options, UpdateRule.AdamW(learningRate: 2e-3));
        var schedule = optim.lr_scheduler.OneCycleLR(optimizer, max_lr: 4e-3, total_steps: steps + 1, cycle_momentum: false);
        var record = await loop.RunAsync(name, steps, optimizer, schedule, step =>
        {
            var chosen = randint(0, training.Count, [64], dtype: ScalarType.Int64);
            var (images, labels) = (training.Images.index_select(0, chosen), training.Labels.index_select(0, chosen));
            return optimizer.Step(images, labels, (logits, target) => nn.functional.cross_entropy(logits, target));
        }, test.HeldOutFor(model), cancellation);

        // Of SL-SAM's steps each has another length, so the mean.
        adamWSeconds = options is PlainOptions ? record.MeanSeconds : adamWSeconds;
        rows.Add(
        [
            name, string.Create(CultureInfo.InvariantCulture, $"{record.After!.Value.Accuracy:P2}"), string.Create(CultureInfo.InvariantCulture, $"{1e3 * record.MeanSeconds:F0} ms"),
            string.Create(CultureInfo.InvariantCulture, $"{record.MeanSeconds / adamWSeconds:F2}"), string.Create(CultureInfo.InvariantCulture, $"{optimizer.Selection.MeanCost:F2}"),
        ]);
    }

    display.ShowTable(
        ["method", "test accuracy", "step", "against AdamW", "by the layers' costs"], rows,
        "Of 10,000 test images, one seed. The last column is what the layers' costs say that a step takes, in plain steps.");
    loop.WriteReport("SL-SAM", over: "AdamW");
    loop.Forget();
    return ExitCode.Succeeded;
}
