using System.Diagnostics.Metrics;

namespace SlSam;

/// <summary>
/// What training tells a metrics listener, such as OpenTelemetry (<c>AddMeter(TrainingMetrics.MeterName)</c>) or <c>dotnet-counters monitor --counters SlSam</c>:
/// the instruments of the meter <c>SlSam</c>, recorded by every step of every optimizer. Where nobody listens a step only asks whether somebody does.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item><description><c>slsam.steps</c>: steps that have updated the model.</description></item>
/// <item><description><c>slsam.steps.refused</c>: steps that have changed nothing; the tag <c>outcome</c> says why.</description></item>
/// <item><description><c>slsam.loss</c>, <c>slsam.loss.perturbed</c>: the losses of both passes.</description></item>
/// <item><description><c>slsam.gradient.norm</c>: the norm of the first pass's gradient.</description></item>
/// <item><description><c>slsam.step.active_share</c>: the share of the trained numbers that a step updates.</description></item>
/// <item><description><c>slsam.step.cost</c>: a step's passes as a multiple of a plain step's (<see cref="StepReport.Cost"/>).</description></item>
/// <item><description><c>slsam.step.duration</c>: seconds; <c>slsam.step.phase.duration</c>: by the tag <c>phase</c> (<see cref="StepTimes"/>).</description></item>
/// <item><description><c>slsam.layer.updates</c>: how often each arm was updated, by the tag <c>layer</c>.</description></item>
/// </list>
/// All carry the tag <c>model</c>: the name of the model's class. Values that are not finite are not recorded.
/// </remarks>
public static class TrainingMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "SlSam";

    private static readonly Meter s_meter = new(MeterName, typeof(TrainingMetrics).Assembly.GetName().Version?.ToString(3));
    private static readonly Counter<long> s_steps = s_meter.CreateCounter<long>("slsam.steps", "{step}", "Steps that have updated the model.");
    private static readonly Counter<long> s_refused = s_meter.CreateCounter<long>("slsam.steps.refused", "{step}", "Steps that have changed nothing.");
    private static readonly Histogram<double> s_loss = Histogram("slsam.loss", "1", "The loss at the weights.");
    private static readonly Histogram<double> s_perturbedLoss = Histogram("slsam.loss.perturbed", "1", "The loss at the perturbed weights.");
    private static readonly Histogram<double> s_norm = Histogram("slsam.gradient.norm", "1", "The L2 norm of the first pass's gradient.");
    private static readonly Histogram<double> s_share = Histogram("slsam.step.active_share", "1", "The share of the trained numbers that a step updates.");
    private static readonly Histogram<double> s_cost = Histogram("slsam.step.cost", "{step}", "A step's passes as a multiple of a plain step's, estimated.");
    private static readonly Histogram<double> s_duration = Histogram("slsam.step.duration", "s", "How long a step took.");
    private static readonly Histogram<double> s_phase = Histogram("slsam.step.phase.duration", "s", "How long a part of a step took.");
    private static readonly Counter<long> s_updates = s_meter.CreateCounter<long>("slsam.layer.updates", "{step}", "Steps that have updated a layer.");

    /// <summary>Whether somebody listens to how long steps take.</summary>
    internal static bool HearTimes => s_duration.Enabled || s_phase.Enabled;

    private static bool HearSteps =>
        s_steps.Enabled || s_refused.Enabled || s_loss.Enabled || s_perturbedLoss.Enabled || s_norm.Enabled || s_share.Enabled || s_cost.Enabled || HearTimes
        || s_updates.Enabled;

    /// <summary>Records a step, where somebody listens.</summary>
    /// <param name="report">What the step did.</param>
    /// <param name="model">The name of the model's class.</param>
    /// <param name="arms">The arms after the step.</param>
    internal static void Record(in StepReport report, string model, IReadOnlyList<Arm> arms)
    {
        if (!HearSteps)
        {
            return;
        }

        var tag = new KeyValuePair<string, object?>("model", model);
        RecordTimes(report, tag);
        if (report.Outcome != StepOutcome.Updated)
        {
            s_refused.Add(1, tag, new("outcome", report.Outcome.ToString()));
            return;
        }

        s_steps.Add(1, tag);
        Record(s_loss, report.Loss, tag);
        Record(s_perturbedLoss, report.PerturbedLoss, tag);
        Record(s_norm, report.GradientNorm, tag);
        Record(s_share, (double)report.ActiveParameters / report.TotalParameters, tag);
        Record(s_cost, report.Cost, tag);
        if (s_updates.Enabled)
        {
            foreach (var arm in arms)
            {
                if (arm.IsActive)
                {
                    s_updates.Add(1, tag, new("layer", arm.Name));
                }
            }
        }
    }

    private static void RecordTimes(in StepReport report, KeyValuePair<string, object?> tag)
    {
        if (report.Times is not { } times)
        {
            return;
        }

        s_duration.Record(times.Total, tag);
        s_phase.Record(times.Prefix, tag, new("phase", "prefix"));
        s_phase.Record(times.FirstPass, tag, new("phase", "first pass"));
        s_phase.Record(times.SecondPass, tag, new("phase", "second pass"));
        s_phase.Record(times.Update, tag, new("phase", "update"));
    }

    private static void Record(Histogram<double> histogram, double value, KeyValuePair<string, object?> tag)
    {
        if (double.IsFinite(value))
        {
            histogram.Record(value, tag);
        }
    }

    private static Histogram<double> Histogram(string name, string unit, string description) => s_meter.CreateHistogram<double>(name, unit, description);
}
