using Microsoft.Extensions.Logging;

namespace SlSam.Reporting.Logging;

/// <summary>
/// Writes what a recorder records to a log: a refused step as a warning, an evaluation and every so many steps a line of progress as information, every step as
/// a debug message. <c>recorder.Tell(new TrainingLog(logger))</c>.
/// </summary>
/// <param name="logger">The log.</param>
/// <param name="interval">Every how many steps there is a line of progress; at least 1.</param>
public sealed partial class TrainingLog(ILogger logger, int interval = 50) : IRunListener
{
    private readonly ILogger _logger = logger ?? throw new ArgumentNullException(nameof(logger));
    private readonly int _interval = interval >= 1 ? interval : throw new ArgumentOutOfRangeException(nameof(interval), interval, "It must be at least 1.");

    /// <inheritdoc/>
    public void OnStep(RecordedStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (step.Report.Outcome != StepOutcome.Updated)
        {
            Refused(step.Number, step.Report.Outcome, step.Report.Loss, step.Report.PerturbedLoss, step.Report.GradientNorm);
        }
        else if (step.Number % _interval == 0)
        {
            Progress(step.Number, step.Report.Loss, step.Elapsed, step.Optimizer.Selection.MeanCost, step.Optimizer.Selection.MeanActiveShare);
        }

        if (_logger.IsEnabled(LogLevel.Debug))
        {
            Step(step.Number, step.Report);
        }
    }

    /// <inheritdoc/>
    public void OnEvaluation(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        Evaluated(evaluation.Step, evaluation.Name, evaluation.Accuracy, evaluation.Loss);
    }

    [LoggerMessage(1, LogLevel.Warning, "Step {Step} was refused ({Outcome}): loss {Loss}, at the perturbed weights {PerturbedLoss}, gradient norm {GradientNorm}. The model is as it was.")]
    private partial void Refused(long step, StepOutcome outcome, double loss, double perturbedLoss, double gradientNorm);

    [LoggerMessage(2, LogLevel.Information, "Step {Step}: loss {Loss:G4} after {Seconds:F1} s; on average {Cost:F2} plain steps, {ActiveShare:P1} of the parameters.")]
    private partial void Progress(long step, double loss, double seconds, double cost, double activeShare);

    [LoggerMessage(3, LogLevel.Information, "After step {Step}, on {Name}: accuracy {Accuracy:P1}, loss {Loss:G4}.")]
    private partial void Evaluated(long step, string name, double accuracy, double loss);

    [LoggerMessage(4, LogLevel.Debug, "Step {Step}: {Report}")]
    private partial void Step(long step, StepReport report);
}
