namespace SlSam;

/// <summary>The scale of an optimizer's losses, adjusted once a step. It is a float32, as GradScaler's is, so that both go through the same values.</summary>
internal sealed class LossScaler(LossScalingOptions options)
{
    /// <summary>Below it the scale's inverse is no float32.</summary>
    private const float SmallestScale = 1.17549435e-38f;

    /// <summary>What losses are multiplied by.</summary>
    public float Scale { get; private set; } = (float)options.InitialScale;

    /// <summary>How many steps in a row have been finite since the scale last changed.</summary>
    public int FiniteSteps { get; private set; }

    /// <summary>Adjusts the scale to how a step ended; one without gradients says nothing about it.</summary>
    /// <returns>Whether it is smaller now.</returns>
    public bool Adjust(StepOutcome outcome)
    {
        var before = Scale;
        if (outcome is StepOutcome.NonFiniteFirstPass or StepOutcome.NonFiniteSecondPass)
        {
            Scale = Math.Max((float)(Scale * options.BackoffFactor), Math.Min(Scale, SmallestScale));
            FiniteSteps = 0;
        }
        else if (outcome == StepOutcome.Updated && ++FiniteSteps == options.GrowthInterval)
        {
            var larger = (float)(Scale * options.GrowthFactor);
            Scale = float.IsFinite(larger) ? larger : Scale;
            FiniteSteps = 0;
        }

        return Scale < before;
    }

    /// <summary>Describes the scale, by the bits of a float32, and the steps since it last changed.</summary>
    public void DescribeState(StateDescription state)
    {
        state.Integer(
            "bits",
            () => BitConverter.SingleToInt32Bits(Scale),
            bits => Scale = BitConverter.Int32BitsToSingle((int)bits),
            BitConverter.SingleToInt32Bits(float.Epsilon),
            BitConverter.SingleToInt32Bits(float.MaxValue));
        state.Integer("finiteSteps", () => FiniteSteps, steps => FiniteSteps = (int)steps, maximum: int.MaxValue);
    }
}
