using System.Globalization;

namespace SlSam;

/// <summary>What a step did, as data. What it found out about each layer stands in <see cref="SharpnessAwareOptimizer.Arms"/>.</summary>
public readonly record struct StepReport
{
    /// <summary>How the step ended.</summary>
    public StepOutcome Outcome { get; init; }

    /// <summary>The loss of the first pass, at the unperturbed weights; that of the part of the batch that this pass worked on.</summary>
    public double Loss { get; init; }

    /// <summary>The loss of the second pass, at the perturbed weights; NaN where the step had a single pass.</summary>
    public double PerturbedLoss { get; init; }

    /// <summary>The L2 norm of the first pass's gradient, over the arms that it computes gradients for and the layers that are always active.</summary>
    public double GradientNorm { get; init; }

    /// <summary>How many arms were updated. Layers that are always active are no arms.</summary>
    public int ActiveArms { get; init; }

    /// <summary>How many arms were perturbed; 0 where the step had a single pass.</summary>
    public int PerturbedArms { get; init; }

    /// <summary>How many numbers were updated: those of the active arms and of the layers that are always active; of a weight with a mask, its entries.</summary>
    public long ActiveParameters { get; init; }

    /// <summary>How many numbers are trained: those of all arms and of the layers that are always active; of a weight with a mask, its entries.</summary>
    public long TotalParameters { get; init; }

    /// <summary>The first stage with a layer that was updated; 0 where the step was not staged.</summary>
    public int FirstActiveStage { get; init; }

    /// <summary>The first stage that the first pass computed gradients for; 0 where the step was not staged.</summary>
    public int FirstPerturbedStage { get; init; }

    /// <summary>
    /// What the step's passes cost, as a multiple of a plain step's that trains every layer: an estimate from <see cref="SamLayer.Cost"/>, in which a backward pass
    /// ends at the first active layer, and stages before it run once. Updating the weights is not in it. NaN where no layer has a cost.
    /// </summary>
    public double Cost { get; init; }

    /// <summary>Where the step's time went; null where it was not measured (<see cref="SharpnessAwareOptimizer.MeasuresTimes"/>).</summary>
    public StepTimes? Times { get; init; }

    /// <summary>What the losses were multiplied by before their backward passes (<see cref="MixedPrecisionOptions.LossScaling"/>); 1 where they are not.</summary>
    public double LossScale { get; init; }

    /// <summary>Whether the scale was too large for the step, which was refused, and is smaller from now on.</summary>
    public bool ScaleBackedOff { get; init; }

    /// <summary>Whether the step had two passes.</summary>
    public bool SharpnessAware { get; init; }

    /// <summary>Whether the gradient was clipped before it was applied: <see cref="UpdateRule.Clipping"/>.</summary>
    public bool Clipped { get; init; }

    /// <summary>
    /// One line: <c>Updated, loss 0.6931, at the perturbed weights 0.7012, gradient norm 1.25, 3 arms (2 perturbed), 1,234 of 5,678 parameters</c>. What the step did
    /// not get to is left out.
    /// </summary>
    public override string ToString()
    {
        var parts = new List<string> { Outcome.ToString() };
        var nonFinite = Outcome is StepOutcome.NonFiniteFirstPass or StepOutcome.NonFiniteSecondPass;
        AddNumber("loss", Loss, even: nonFinite);
        AddNumber("at the perturbed weights", PerturbedLoss, even: Outcome == StepOutcome.NonFiniteSecondPass);
        AddNumber("gradient norm", GradientNorm, even: nonFinite);
        if (Clipped)
        {
            parts.Add("clipped");
        }

        var arms = ActiveArms == 1 ? "1 arm" : $"{ActiveArms} arms";
        parts.Add(SharpnessAware ? $"{arms} ({PerturbedArms} perturbed)" : arms);
        parts.Add(string.Create(CultureInfo.InvariantCulture, $"{ActiveParameters:N0} of {TotalParameters:N0} parameters"));
        if (FirstActiveStage > 0)
        {
            parts.Add($"from stage {FirstActiveStage}");
        }

        if (ScaleBackedOff)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"the loss scale {LossScale:G5} was too large"));
        }

        return string.Join(", ", parts);

        void AddNumber(string name, double value, bool even)
        {
            if (even || !double.IsNaN(value))
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {value:G5}"));
            }
        }
    }
}
