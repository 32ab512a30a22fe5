namespace SlSam.Runtime.Tests.Reporting;

public sealed class StepReportTests
{
    private static readonly StepReport s_twoPasses = new()
    {
        Loss = 0.69314718,
        PerturbedLoss = 0.7012,
        GradientNorm = 1.25,
        ActiveArms = 3,
        PerturbedArms = 2,
        ActiveParameters = 1234,
        TotalParameters = 5678,
        FirstActiveStage = 4,
        SharpnessAware = true,
    };

    [Fact]
    public void A_report_is_one_line_of_what_the_step_did()
    {
        Assert.Equal(
            "Updated, loss 0.69315, at the perturbed weights 0.7012, gradient norm 1.25, 3 arms (2 perturbed), 1,234 of 5,678 parameters, from stage 4",
            s_twoPasses.ToString());
        var onePass = s_twoPasses with { PerturbedLoss = double.NaN, SharpnessAware = false, ActiveArms = 1, FirstActiveStage = 0 };
        Assert.Equal("Updated, loss 0.69315, gradient norm 1.25, 1 arm, 1,234 of 5,678 parameters", onePass.ToString());
        Assert.StartsWith("NonFiniteFirstPass, loss NaN, gradient norm 1.25", (onePass with { Outcome = StepOutcome.NonFiniteFirstPass, Loss = double.NaN }).ToString());
    }
}
