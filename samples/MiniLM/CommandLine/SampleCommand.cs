using System.CommandLine;
using MiniLM.Terminal;
using MiniLM.Training;
using MiniLM.Workers;

namespace MiniLM.CommandLine;

/// <summary>The command of a sample: its own options, and those that all samples have.</summary>
/// <param name="name">The sample's name, which is that of its report too.</param>
/// <param name="description">What it does.</param>
public sealed class SampleCommand(string name, string description) : RootCommand(description)
{
    /// <summary>Runs the sample. Ctrl-C cancels it.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="run">The sample's work: is given what was asked for, where to show what it does, and what to keep of it; returns an exit code.</param>
    public Task<int> RunAsync(string[] args, Func<ParseResult, IDisplay, Recording, CancellationToken, Task<int>> run)
    {
        var recording = new RecordingOptions($"report-{name}.html");
        var json = new Option<bool>("--json") { Description = "Write a JSON object on each line, for another program." };
        recording.AddTo(this);
        Add(json);
        SetAction((parsed, cancellation) =>
        {
            var display = ConsoleDisplay.Create(parsed.GetValue(json));
            string? withoutNetwork = Options.Any(option => option.Name == "--offline") ? "Without network, --offline trains a small model on made-up reviews." : null;
            return ExitCode.OfAsync(display, withoutNetwork, () => run(parsed, display, recording.Read(parsed), cancellation), cancellation);
        });
        return InvokeAsync(args);
    }

    private async Task<int> InvokeAsync(string[] args)
    {
        using var interruption = new Interruption();
        LocalWorkers.FollowParent(interruption);
        return await Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = null }, interruption.Token).ConfigureAwait(false);
    }
}
