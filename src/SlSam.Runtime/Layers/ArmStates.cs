namespace SlSam;

/// <summary>What the last step found out about each arm, side by side: a step touches nothing of an arm that it does not choose.</summary>
internal sealed class ArmStates
{
    /// <summary>What the last step did with each arm.</summary>
    public ArmRole[] Roles { get; private set; } = [];

    /// <summary>The L2 norm of each arm's gradient in the first pass of the last step that computed it, or NaN before that.</summary>
    public double[] GradientNorms { get; private set; } = [];

    /// <summary>What chooses the arms; null while it is being made.</summary>
    public LayerSelector? Selector { get; set; }

    /// <summary>Makes room for arms.</summary>
    public void Allocate(int arms)
    {
        Roles = new ArmRole[arms];
        GradientNorms = new double[arms];
        Array.Fill(GradientNorms, double.NaN);
    }
}
