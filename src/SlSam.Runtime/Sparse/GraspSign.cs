namespace SlSam;

/// <summary>The sign of <see cref="SalienceMetric.Grasp"/>.</summary>
public enum GraspSign
{
    /// <summary>-(H g) w, as the SPEFT paper defines it.</summary>
    Paper,

    /// <summary>+(H g) w, as the code released with the paper computes it.</summary>
    Released,
}
