namespace SlSam;

/// <summary>
/// Where a step's time went, in seconds by the clock of this process. Together the parts are the whole step, from the choice of its layers to what the selector learns.
/// </summary>
/// <remarks>
/// On a GPU these are the times of the thread that issues the work. A step waits for the device where a pass's loss and norms are read, so each pass holds the
/// time of all that was issued before it and not waited for: the first pass that of the stages before it, and of the update of the step before; the update holds
/// only the time that issuing it took. Measuring adds no wait of its own. Sums over both passes and the update are right; where they meet is not sharp.
/// </remarks>
/// <param name="Prefix">The stages before the first active layer, which run once; 0 where the step was not staged.</param>
/// <param name="FirstPass">Choosing the layers, the first pass forward and backward, and reading its loss and norms.</param>
/// <param name="SecondPass">Perturbing the weights, the second pass, and restoring the weights; 0 where the step had a single pass.</param>
/// <param name="Update">Balancing pairs, the update rule, and what the selector learns.</param>
public readonly record struct StepTimes(double Prefix, double FirstPass, double SecondPass, double Update)
{
    /// <summary>The whole step, in seconds.</summary>
    public double Total => Prefix + FirstPass + SecondPass + Update;
}
