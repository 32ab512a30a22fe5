using System.CommandLine;
using MiniLM.Training;

namespace MiniLM.CommandLine;

/// <summary>The options that say what is kept of a training and shown of it; every program that trains has them.</summary>
/// <param name="report">The report's file, if none is named.</param>
public sealed class RecordingOptions(string report)
{
    private readonly Option<string> _report = new("--report")
    {
        Description = "The HTML file that shows the run, with a second one laid over it where there are several.",
        HelpName = "file",
        DefaultValueFactory = _ => report,
    };

    private readonly Option<bool> _noReport = new("--no-report") { Description = "Write no report." };

    private readonly Option<string?> _tensorBoard = new("--tensorboard")
    {
        Description = "A folder for event files that TensorBoard shows while the training goes on. [default: none]",
        HelpName = "folder",
    };

    private readonly Option<int?> _evaluateEvery = RangedOption.Whole(
        "--evaluate-every", "After how many steps the model is measured on some held-out examples; 0 for never.", 0, 100_000, "a fifth of the steps");

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Add(_report);
        command.Add(_noReport);
        command.Add(_tensorBoard);
        command.Add(_evaluateEvery);
    }

    /// <summary>What was asked for.</summary>
    public Recording Read(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        return new Recording
        {
            Report = parsed.GetValue(_noReport) ? null : parsed.GetValue(_report),
            TensorBoard = parsed.GetValue(_tensorBoard),
            EvaluateEvery = parsed.GetValue(_evaluateEvery),
        };
    }
}
