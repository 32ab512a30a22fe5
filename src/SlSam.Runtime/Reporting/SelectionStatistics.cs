using System.Globalization;

namespace SlSam;

/// <summary>
/// Which layers an optimizer's steps have worked on, over all steps that have updated the model. What a step costs depends on where its first active layer lies:
/// see <see cref="LayerSampling.Windowed"/>.
/// </summary>
public sealed class SelectionStatistics
{
    private readonly LayerSelector _selector;
    private double _squares;

    internal SelectionStatistics(LayerSelector selector) => _selector = selector;

    /// <summary>How many steps have updated the model.</summary>
    public long Steps { get; private set; }

    /// <summary>
    /// How many draws of windowed sampling have fallen into a gap between the layers' intervals, so that the nearest layer was taken; 0 with any other sampling.
    /// </summary>
    public long Gaps => _selector.Gaps;

    /// <summary>The mean of <see cref="StepReport.FirstActiveStage"/>; NaN before the first step, 0 where steps are not staged.</summary>
    public double MeanFirstActiveStage { get; private set; } = double.NaN;

    /// <summary>The standard deviation of <see cref="StepReport.FirstActiveStage"/> over the steps; NaN before the first step.</summary>
    public double FirstActiveStageDeviation => Steps == 0 ? double.NaN : Math.Sqrt(_squares / Steps);

    /// <summary>The mean share of the trained numbers that a step updates, in [0, 1]; NaN before the first step.</summary>
    public double MeanActiveShare { get; private set; } = double.NaN;

    /// <summary>The mean of <see cref="StepReport.Cost"/>, an estimate of what a step costs in plain steps; NaN before the first step.</summary>
    public double MeanCost { get; private set; } = double.NaN;

    /// <summary>One line: <c>200 steps, first active stage 4.51 ± 2.86, 20.4 % of the parameters active, 1.08 plain steps each by the layers' costs, 3 gaps</c>.</summary>
    public override string ToString() => Steps == 0
        ? "no steps"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Steps} {(Steps == 1 ? "step" : "steps")}, first active stage {MeanFirstActiveStage:F2} ± {FirstActiveStageDeviation:F2}, {100 * MeanActiveShare:F1} % of the parameters active, {MeanCost:F2} plain steps each by the layers' costs, {Gaps} {(Gaps == 1 ? "gap" : "gaps")}");

    /// <summary>Describes what has been counted; the selector keeps the gaps.</summary>
    internal void DescribeState(StateDescription state)
    {
        state.Integer("steps", () => Steps, steps => Steps = steps);
        state.Number("mean first active stage", () => MeanFirstActiveStage, mean => MeanFirstActiveStage = mean);
        state.Number("squares", () => _squares, squares => _squares = squares);
        state.Number("mean active share", () => MeanActiveShare, mean => MeanActiveShare = mean);
        state.Number("mean cost", () => MeanCost, mean => MeanCost = mean);
    }

    /// <summary>Counts a step that has updated the model.</summary>
    internal void Add(StepReport report)
    {
        Steps++;
        var share = (double)report.ActiveParameters / report.TotalParameters;
        if (Steps == 1)
        {
            (MeanFirstActiveStage, MeanActiveShare, MeanCost) = (report.FirstActiveStage, share, report.Cost);
            return;
        }

        // Welford's recurrence: no difference of large sums.
        var before = report.FirstActiveStage - MeanFirstActiveStage;
        MeanFirstActiveStage += before / Steps;
        _squares += before * (report.FirstActiveStage - MeanFirstActiveStage);
        MeanActiveShare += (share - MeanActiveShare) / Steps;
        MeanCost += (report.Cost - MeanCost) / Steps;
    }
}
