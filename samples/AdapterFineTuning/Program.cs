// README.md says what this shows. A sentence encoder learns to judge film reviews by low-rank adapters: plain LoRA, and LoRA that nBAR keeps in balance.
using System.CommandLine;
using System.Globalization;
using MiniLM.CommandLine;
using MiniLM.Encoder;
using MiniLM.Terminal;
using MiniLM.Texts;
using MiniLM.Training;
using SlSam;
using static TorchSharp.torch;

var steps = RangedOption.Whole("--steps", "How many steps of 16 reviews each method trains.", 1, 3000, otherwise: 100);
var offline = new Option<bool>("--offline") { Description = "Train a small random encoder on made-up reviews; needs no network." };
var folder = new Option<string>("--output") { Description = "The folder for the adapters, in the files of Hugging Face PEFT.", DefaultValueFactory = _ => "adapters" };
var command = new SampleCommand("adapters", "Fine-tunes a sentence encoder by LoRA, with and without nBAR, and writes the adapters.") { steps, offline, folder };
return await command.RunAsync(args, (parsed, display, recording, cancellation) => Run(
    display, recording, parsed.GetValue(steps), parsed.GetValue(offline), parsed.GetValue(folder)!, cancellation));

static async Task<int> Run(IDisplay display, Recording recording, int steps, bool offline, string folder, CancellationToken cancellation)
{
    const int BatchSize = 16, HeldOut = 400;
    var task = await ReviewTask.LoadAsync(offline, display, training: steps * BatchSize, HeldOut, sequenceLength: 64, seed: 1, cancellation);
    var loop = new TrainingLoop(display, TrainingLoop.FolderOf(offline ? "adapters-offline" : "adapters"), recording);
    var rows = new List<IReadOnlyList<string>>();
    var loraSeconds = double.NaN;
    foreach (var (name, balance) in new (string, BarOptions?)[]
    {
        ("LoRA", null),
        ("LoRA with nBAR", new BarOptions { Rule = BarRule.Nbar, Alpha = 1, Decay = AlphaDecay.Linear, TotalSteps = steps }),
    })
    {
        using var model = task.Checkpoint.CreateModel(seed: 1, CPU);
        using var lora = new LoraModel(
            model, new LoraOptions { Rank = 8, Alpha = 16 }, LoraTargets.Named("query", "value"), alsoTrained: LoraTargets.Named("classifier"));
        using var optimizer = new TextClassifierSlSam(model, new PlainOptions { Balancedness = balance }, UpdateRule.AdamW(learningRate: 2e-3));
        var record = await loop.RunAsync(name, steps, optimizer, schedule: null, step =>
        {
            using var batch = task.Batch(step, BatchSize);
            return optimizer.Step(batch.TokenIds, batch.Mask, logits => nn.functional.cross_entropy(logits, batch.Labels));
        }, task.HeldOutFor(model), cancellation);

        loraSeconds = balance is null ? record.MedianSeconds : loraSeconds;
        var imbalance = LoraPair.Balancedness(optimizer.LoraPairs).Average(Math.Abs);
        rows.Add(
        [
            name, string.Create(CultureInfo.InvariantCulture, $"{record.After!.Value.Accuracy:P1}"), string.Create(CultureInfo.InvariantCulture, $"{1e3 * record.MedianSeconds:F0} ms"),
            string.Create(CultureInfo.InvariantCulture, $"{record.MedianSeconds / loraSeconds:F2}"), string.Create(CultureInfo.InvariantCulture, $"{imbalance:F2}"),
        ]);
        var output = Path.Combine(folder, balance is null ? "lora" : "lora-nbar");
        lora.Save(output, baseModel: "sentence-transformers/all-MiniLM-L6-v2");
        display.Say($"{lora}; written to {output}");
    }

    display.ShowTable(
        ["method", "held-out accuracy", "step", "against LoRA", "mean |B|"], rows,
        $"{HeldOut} held-out reviews, one seed; the median step. B = (||A||^2 - ||B||^2) / 2 of a pair: 0 is balance.");
    loop.WriteReport("LoRA with nBAR", over: "LoRA");
    loop.Forget();
    return ExitCode.Succeeded;
}
