using System.CommandLine;
using System.Globalization;
using SlSam.Experiments.Costs;
using SlSam.Experiments.Data;
using SlSam.Experiments.Methods;

namespace SlSam.Experiments.CommandLine;

/// <summary>The program's options, their ranges and defaults.</summary>
internal static class ExperimentCommand
{
    /// <summary>What the display is made for before the rest is understood.</summary>
    public const string Json = "--json";

    private const string RecordFolder = "artifacts/experiment";
    private const string Page = "docs/results.md";

    /// <summary>The root command; it hands what was asked for to one of two actions.</summary>
    /// <param name="run">Runs an experiment, or says what it would be.</param>
    /// <param name="measureMemory">Measures a method's memory in this process; for the program's own use.</param>
    public static RootCommand Create(
        Func<ExperimentOptions, CancellationToken, Task<int>> run, Func<Method, ExperimentSettings, bool, CancellationToken, Task<int>> measureMemory)
    {
        var quick = new Option<bool>("--quick") { Description = "All methods with one seed, one learning rate and few steps: within 15 minutes on 2 cores." };
        var scale = new Option<double>("--scale")
        {
            Description = "How many times as many steps as otherwise. [above 0, at most 1000; default: 1]",
            HelpName = "factor",
            DefaultValueFactory = _ => 1,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is > 0 and <= 1000)
                    return value;
                result.AddError($"--scale is '{text}'; valid is a number above 0 and at most 1000.");
                return 1;
            },
        };
        var plan = new Option<bool>("--plan") { Description = "Say what there is to do and how long it will take, and do nothing." };
        var methods = Names("--methods", "The methods to run", MethodTable.All.Select(method => method.Name));
        var data = Names("--data", "The data sets to run them on", DataSource.Real.Select(source => source.Name));
        var records = new Option<string>("--records")
        {
            Description = $"The folder of the finished runs, from which a later call goes on. [default: {RecordFolder}; offline: {RecordFolder}/offline]",
        };
        var output = new Option<string>("--output")
        {
            Description = $"The file of the results. [default: {Page} for the full form of everything, else results.md in the folder of the runs]",
        };
        var device = new Option<string>("--device") { Description = "Where to compute.", DefaultValueFactory = _ => "cpu" };
        device.AcceptOnlyFromAmong("cpu", "cuda");
        var threads = new Option<int?>("--threads")
        {
            Description = "How many threads compute on the CPU. [1 to 1024; default: as libtorch chooses]",
            HelpName = "number",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value is >= 1 and <= 1024)
                    return value;
                result.AddError($"--threads is '{text}'; valid is a whole number from 1 to 1024.");
                return null;
            },
        };
        var json = new Option<bool>(Json) { Description = "Write a JSON object on each line, for another program." };
        var offline = new Option<bool>("--offline") { Description = "Train a small encoder on texts that the program makes itself; needs no network." };

        var command = new RootCommand(
            "Fine-tunes a pretrained encoder on film reviews and on mails with every method, from several seeds, and writes a page of results. "
            + "Each finished run is kept: Ctrl-C ends the experiment after the step in progress, and the same command goes on where it was.")
        {
            quick, scale, plan, methods, data, records, output, device, threads, offline, json, MemoryCommand(measureMemory),
        };
        command.SetAction((parsed, cancellation) =>
        {
            bool isQuick = parsed.GetValue(quick), isOffline = parsed.GetValue(offline);
            double factor = parsed.GetValue(scale);
            string[] chosenMethods = Chosen(parsed.GetValue(methods), MethodTable.All.Select(method => method.Name));
            string[] chosenData = Chosen(parsed.GetValue(data), DataSource.Real.Select(source => source.Name));
            string folder = parsed.GetValue(records) ?? (isOffline ? RecordFolder + "/offline" : RecordFolder);
            bool isAll = !isQuick && !isOffline && chosenMethods.Length == MethodTable.All.Count && chosenData.Length == DataSource.Real.Count;
            var settings = (isQuick ? ExperimentSettings.Quick : ExperimentSettings.Full).Scaled(factor);
            return run(
                new ExperimentOptions
                {
                    Settings = settings,
                    Methods = chosenMethods,
                    Data = chosenData,
                    Offline = isOffline,
                    PlanOnly = parsed.GetValue(plan),
                    Records = folder,
                    Output = parsed.GetValue(output) ?? (isAll ? Page : Path.Combine(folder, "results.md")),
                    Device = parsed.GetValue(device)!,
                    Threads = parsed.GetValue(threads),
                    Command = "./build.sh experiment" + (isQuick ? " --quick" : "") + (factor == 1 ? "" : FormattableString.Invariant($" --scale {factor}"))
                        + (isOffline ? " --offline" : ""),
                },
                cancellation);
        });
        return command;
    }

    /// <summary>The arguments with which a process of the program measures a method's memory.</summary>
    public static IReadOnlyList<string> MemoryArguments(Method method, ExperimentSettings settings, bool offline) =>
    [
        "--method", method.Name,
        "--batch-size", settings.BatchSize.ToString(CultureInfo.InvariantCulture),
        "--sequence-length", settings.SequenceLength.ToString(CultureInfo.InvariantCulture),
        "--steps", settings.MemorySteps.ToString(CultureInfo.InvariantCulture),
        .. offline ? new[] { "--offline" } : [],
    ];

    private static Command MemoryCommand(Func<Method, ExperimentSettings, bool, CancellationToken, Task<int>> measureMemory)
    {
        var method = new Option<string>("--method") { Required = true };
        var batchSize = new Option<int>("--batch-size") { Required = true };
        var length = new Option<int>("--sequence-length") { Required = true };
        var steps = new Option<int>("--steps") { Required = true };
        var offline = new Option<bool>("--offline");
        var command = new Command(PeakMemory.Command, "Prints the memory that a method takes, in bytes.")
        {
            method, batchSize, length, steps, offline,
        };
        command.Hidden = true;
        command.SetAction((parsed, cancellation) => measureMemory(
            MethodTable.All.Single(each => each.Name == parsed.GetValue(method)),
            ExperimentSettings.Full with
            {
                BatchSize = parsed.GetValue(batchSize),
                SequenceLength = parsed.GetValue(length),
                MemorySteps = parsed.GetValue(steps),
            },
            parsed.GetValue(offline),
            cancellation));
        return command;
    }

    private static Option<string> Names(string name, string description, IEnumerable<string> valid)
    {
        string[] all = [.. valid];
        var option = new Option<string>(name) { Description = $"{description}, separated by commas: {string.Join(", ", all)}. [default: all]", HelpName = "names" };
        option.Validators.Add(result =>
        {
            foreach (string part in (result.Tokens.Count == 0 ? "" : result.Tokens[0].Value).Split(',', StringSplitOptions.TrimEntries))
                if (!all.Contains(part))
                    result.AddError($"{name} names '{part}'; valid are {string.Join(", ", all)}.");
        });
        return option;
    }

    private static string[] Chosen(string? names, IEnumerable<string> all)
    {
        string[]? wanted = names?.Split(',', StringSplitOptions.TrimEntries);
        return [.. all.Where(name => wanted is null || wanted.Contains(name))];
    }
}
