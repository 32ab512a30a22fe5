// README.md says what this shows. Several processes train one model together, and come to where one process comes with the same batches.
using System.CommandLine;
using System.Globalization;
using MiniLM.CommandLine;
using MiniLM.Encoder;
using MiniLM.Terminal;
using MiniLM.Texts;
using MiniLM.Training;
using MiniLM.Workers;
using SlSam;
using TorchSharp;
using static TorchSharp.torch;

var workers = RangedOption.Whole("--workers", "How many processes train together on this machine.", 2, 16, otherwise: 2);
var steps = RangedOption.Whole("--steps", "How many steps of 32 reviews to train, by one process and then by all.", 1, 1500, otherwise: 60);
var offline = new Option<bool>("--offline") { Description = "Train a small random encoder on made-up reviews; needs no network." };
var command = new SampleCommand("parallel", "Trains a sentence encoder in one process and in several, and compares.") { workers, steps, offline };
return await command.RunAsync(args, (parsed, display, recording, cancellation) => Run(
    LocalWorkers.ThisProgram(args), display, recording, parsed.GetValue(workers), parsed.GetValue(steps), parsed.GetValue(offline), cancellation));

static async Task<int> Run(
    IReadOnlyList<string> thisProgram, IDisplay display, Recording recording, int workers, int steps, bool offline, CancellationToken cancellation)
{
    const int BatchSize = 32;
    using var team = Team.Meet("cpu");   // One of the processes that are started below; else this one alone.
    var isWorker = team.Count > 1;
    var task = await ReviewTask.LoadAsync(
        offline, isWorker ? new PlainDisplay(TextWriter.Null) : display, training: steps * BatchSize, heldOut: 400, sequenceLength: 64, seed: 1, cancellation);
    var loop = new TrainingLoop(display, TrainingLoop.FolderOf(offline ? "parallel-offline" : "parallel"), recording, team);
    var (one, all) = ("1 process", $"{workers} processes");
    using var together = task.Checkpoint.CreateModel(seed: 1, CPU);
    if (isWorker)
    {
        await Train(together, all);
        return ExitCode.Succeeded;
    }

    if (!ProcessGroup.IsAvailable(ProcessGroupBackend.Gloo))
    {
        display.Say("The native library is not here, or was compiled without Gloo: docs/distributed.md says what that takes.");
        return ExitCode.Failed;
    }

    using var alone = task.Checkpoint.CreateModel(seed: 1, CPU);
    var recordOfOne = await Train(alone, one);
    var code = await new LocalWorkers(display).RunAsync(workers, thisProgram, cancellation);
    if (code != ExitCode.Succeeded)
    {
        return code;
    }

    var recordOfAll = await Train(together, all);   // Its steps are made: this reads what has come of them.
    using var start = task.Checkpoint.CreateModel(seed: 1, CPU);
    var apart = recordOfOne.Losses.Zip(recordOfAll.Losses, (first, second) => Math.Abs(first - second)).Max();
    display.ShowTable(
        ["", "loss of the last steps", "held-out accuracy", "step", "against one"], [Row(one, recordOfOne), Row(all, recordOfAll)],
        string.Create(CultureInfo.InvariantCulture, $"The same {steps} batches of {BatchSize} reviews. {Environment.ProcessorCount} processors; the mean step."));
    display.Say(string.Create(CultureInfo.InvariantCulture, $"No step's loss differs by more than {apart:E1}."));
    display.Say(string.Create(
        CultureInfo.InvariantCulture, $"The weights lie {Distance(alone, together) / Distance(alone, start):E1} of the way apart that training has moved them."));
    loop.WriteReport(all, over: one);
    loop.Forget();
    return ExitCode.Succeeded;

    async Task<TrainingRecord> Train(TextClassifier model, string title)
    {
        using var optimizer = new TextClassifierSlSam(
            model, new SlSamOptions { Sparsity = 0.5, Rho = 0.05, Sampling = LayerSampling.Windowed, Seed = 1 }, UpdateRule.AdamW(offline ? 2e-3 : 1e-4));
        optimizer.Group("classifier").LearningRate *= offline ? 1 : 30;
        team.Join(optimizer, seed: 1, new DataParallelOptions { SynchronizeFirstPass = true });
        var record = await loop.RunAsync(title, steps, optimizer, schedule: null, step =>
        {
            using var batch = task.BatchOf(team.PartOf(task.Reviews(step, BatchSize), optimizer));
            return optimizer.Step(batch.TokenIds, batch.Mask, logits => nn.functional.cross_entropy(logits, batch.Labels));
        }, task.HeldOutFor(model), cancellation);
        if (isWorker && !team.HasSameBits(model))
        {
            throw new InvalidOperationException("The weights differ between the processes.");
        }

        if (isWorker && team.Leads)
        {
            display.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"{title}: all have the same bits in every weight; each handed over {optimizer.Parallel!.GradientBytes / 1e6 / steps:F1} MB of gradients a step."));
        }

        return record;
    }

    IReadOnlyList<string> Row(string name, TrainingRecord record) =>
    [
        name, string.Create(CultureInfo.InvariantCulture, $"{record.RecentLoss:F4}"), string.Create(CultureInfo.InvariantCulture, $"{record.After!.Value.Accuracy:P1}"),
        string.Create(CultureInfo.InvariantCulture, $"{1e3 * record.MeanSeconds:F0} ms"),
        string.Create(CultureInfo.InvariantCulture, $"{record.MeanSeconds / recordOfOne.MeanSeconds:F2}"),
    ];
}

static double Distance(TextClassifier model, TextClassifier other)
{
    using var scope = NewDisposeScope();
    using var quiet = no_grad();
    return Math.Sqrt(model.parameters().Zip(other.parameters(), (one, two) => (one - two).pow(2).sum().ToDouble()).Sum());
}
