using System.CommandLine;
using SlSam.Benchmarks.Bookkeeping;
using SlSam.Benchmarks.Memory;
using SlSam.Benchmarks.Model;
using SlSam.Benchmarks.Sections;

namespace SlSam.Benchmarks.CommandLine;

/// <summary>The program's options, their ranges and defaults.</summary>
internal static class BenchmarkCommand
{
    private const string Page = "docs/performance.md";

    private static readonly ISection[] s_sections =
        [new StepSection(), new LoraSection(), new EngineSection(), new BookkeepingSection(), new MemorySection(), new ScalingSection()];

    /// <summary>Scaling takes a while and has no bar.</summary>
    private static readonly string[] s_usual = [.. s_sections.Select(section => section.Name).Where(name => name != "scaling")];

    /// <summary>The root command; it hands what was asked for to an action.</summary>
    public static RootCommand Create(Func<BenchmarkOptions, int> run)
    {
        var only = Names("--only", "What to measure", [.. s_sections.Select(section => section.Name)], s_usual);
        var preset = Names("--preset", "The models, of which some sections take the first only", [.. EncoderShape.Presets.Keys], ["encoder", "minilm"]);
        var rounds = Number("--rounds", "How often each method is timed at least; more where all draws of SL-SAM need it. [default: 12]", 6);
        var threads = Number("--threads", "Threads that libtorch may use, here and beside. [default: 1]", 1);
        var blocks = Number("--blocks", "Blocks, in place of the model's own.", 1);
        var width = Number("--width", "Width, in place of the model's own; its heads divide it.", 1);
        var batch = Number("--batch", "Sequences in a batch, in place of the model's own.", 1);
        var length = Number("--length", "Tokens in a sequence, in place of the model's own.", 1);
        var device = new Option<string>("--device") { Description = "Where to compute.", DefaultValueFactory = _ => "cpu" };
        device.AcceptOnlyFromAmong("cpu", "cuda");
        var type = new Option<string>("--dtype") { Description = "In which type.", DefaultValueFactory = _ => "float32" };
        type.AcceptOnlyFromAmong("float32", "f32", "bfloat16", "bf16");
        var python = new Option<string>("--python")
        {
            Description = "The Python whose PyTorch is measured beside.",
            DefaultValueFactory = _ => "/usr/bin/python3",
        };
        var write = new Option<bool>("--write") { Description = $"Fill in the tables of {Page} that have been measured." };

        var command = new RootCommand(
            "Measures steps, engine, bookkeeping and memory against their bars, on the same libtorch with the same threads as what they are compared with. "
            + "Ends with 1 if a bar is missed by more than the noise.")
        {
            only, preset, rounds, threads, blocks, width, batch, length, device, type, python, write,
        };
        command.SetAction(parsed =>
        {
            EncoderShape Shape(string name)
            {
                var own = EncoderShape.Presets[name];
                return own with
                {
                    Blocks = parsed.GetValue(blocks) ?? own.Blocks,
                    Width = parsed.GetValue(width) ?? own.Width,
                    Batch = parsed.GetValue(batch) ?? own.Batch,
                    Length = parsed.GetValue(length) ?? own.Length,
                    Threads = parsed.GetValue(threads) ?? own.Threads,
                    Device = parsed.GetValue(device)!,
                    Type = parsed.GetValue(type) is "bfloat16" or "bf16" ? "bfloat16" : "float32",
                };
            }

            var chosen = parsed.GetValue(only)!;
            return run(new BenchmarkOptions(
                [.. s_sections.Where(section => chosen.Contains(section.Name))],
                [.. parsed.GetValue(preset)!.Select(Shape)],
                new BenchmarkSettings(parsed.GetValue(rounds) ?? 12, parsed.GetValue(python)!),
                parsed.GetValue(write) ? Page : null));
        });
        return command;
    }

    private static Option<string[]> Names(string name, string description, string[] valid, string[] usual) => new(name)
    {
        Description = $"{description}, separated by commas. [of {string.Join(", ", valid)}]",
        HelpName = "names",
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            string[] chosen = [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries))];
            if (chosen.Except(valid).FirstOrDefault() is { } unknown)
                result.AddError($"{name} names '{unknown}'; valid are {string.Join(", ", valid)}.");
            return chosen;
        },
    };

    private static Option<int?> Number(string name, string description, int smallest)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "number" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is { } value && value < smallest)
                result.AddError($"{name} is {value}; valid is a whole number from {smallest}.");
        });
        return option;
    }
}
