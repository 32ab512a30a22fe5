namespace SlSam;

/// <summary>What a step does with an arm.</summary>
public enum ArmRole
{
    /// <summary>Nothing: the arm keeps its weights, and no gradient is computed for it.</summary>
    Inactive,

    /// <summary>It is updated by the gradient of the step's last pass, but not perturbed.</summary>
    Updated,

    /// <summary>It is perturbed and updated; in a step of a single pass it is updated.</summary>
    Perturbed,
}
