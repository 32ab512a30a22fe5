// README.md says what this shows. A sentence encoder learns to judge film reviews by one in two hundred of its weights, those that matter most (SPEFT).
using System.CommandLine;
using System.Globalization;
using MiniLM.CommandLine;
using MiniLM.Encoder;
using MiniLM.Terminal;
using MiniLM.Texts;
using MiniLM.Training;
using SlSam;
using static TorchSharp.torch;

var steps = RangedOption.Whole("--steps", "How many steps of 16 reviews to train.", 1, 3000, otherwise: 100);
var offline = new Option<bool>("--offline") { Description = "Train a small random encoder on made-up reviews; needs no network." };
var output = new Option<string>("--output") { Description = "The file for what training changes.", DefaultValueFactory = _ => "delta.safetensors" };
var command = new SampleCommand("sparse", "Fine-tunes the most salient half percent of a sentence encoder's weights, and writes the difference.") { steps, offline, output };
return await command.RunAsync(args, (parsed, display, recording, cancellation) => Run(
    display, recording, parsed.GetValue(steps), parsed.GetValue(offline), parsed.GetValue(output)!, cancellation));

static async Task<int> Run(IDisplay display, Recording recording, int steps, bool offline, string output, CancellationToken cancellation)
{
    const int BatchSize = 16, ScoreBatches = 8;
    var task = await ReviewTask.LoadAsync(offline, display, training: steps * BatchSize, heldOut: 400, sequenceLength: 64, seed: 1, cancellation);
    using var model = task.Checkpoint.CreateModel(configuration => new MaskedTextClassifier(configuration), seed: 1, CPU);
    var heldOut = task.HeldOutFor(model);
    var before = await heldOut.MeasureAsync(display, "Before training", cancellation);

    var options = new PlainOptions
    {
        Sparse = new SparseOptions { Metric = SalienceMetric.Gradient, Density = 0.005, Scope = SparseScope.Global, Examples = ScoreBatches * BatchSize },
    };
    using var optimizer = new MaskedTextClassifierSlSam(model, options, UpdateRule.AdamW(learningRate: 2e-3));
    var batches = Enumerable.Range(0, ScoreBatches).Select(step => task.Batch(step, BatchSize)).Select(
        batch => new ScoreBatch(BatchSize, () => nn.functional.cross_entropy(model.call(batch.TokenIds, batch.Mask), batch.Labels)));
    await optimizer.ScoreAsync(batches, examples: ScoreBatches * BatchSize, display);

    var loop = new TrainingLoop(display, TrainingLoop.FolderOf(offline ? "sparse-offline" : "sparse"), recording);
    var record = await loop.RunAsync("SPEFT", steps, optimizer, schedule: null, step =>
    {
        using var batch = task.Batch(step, BatchSize);
        return optimizer.Step(batch.TokenIds, batch.Mask, logits => nn.functional.cross_entropy(logits, batch.Labels));
    }, heldOut, cancellation, before);

    using var delta = optimizer.CreateSparseDelta();
    delta.Save(output);
    var all = model.parameters().Sum(parameter => parameter.numel());
    var trained = delta.Count + optimizer.Group("classifier").Parameters.Sum(parameter => parameter.numel());
    display.Say(string.Create(
        CultureInfo.InvariantCulture,
        $"Accuracy on {heldOut.Count} held-out reviews: {before.All.Accuracy:P1} before, {record.After!.Value.Accuracy:P1} after {steps} steps."));
    display.Say(string.Create(CultureInfo.InvariantCulture, $"Trained: {trained:N0} of {all:N0} numbers ({100.0 * trained / all:F2} %)."));
    display.Say(string.Create(
        CultureInfo.InvariantCulture, $"{output}: {new FileInfo(output).Length / 1024:N0} KiB; SparseDelta.Load(...).Merge(model) puts it into a model, Unmerge takes it out."));
    loop.WriteReport("SPEFT");
    loop.Forget();
    return ExitCode.Succeeded;
}
