using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// What a step must be able to take back: the weights that it has perturbed and the running statistics that its passes have moved. Disposed before
/// <see cref="Commit"/>, it leaves the model exactly as it was before the step.
/// </summary>
internal sealed class StepTransaction(ActiveSet active, RunningStatistics statistics, SavedWeights weights) : IDisposable
{
    private readonly Tensor? _statisticsBefore = statistics.Save();
    private bool _committed;

    /// <summary>Keeps the weights and perturbs them. Called under <c>no_grad</c>.</summary>
    public void Perturb(Ascent ascent, StepNorms norms)
    {
        if (active.Perturbed.Trained.Length > 0)
        {
            weights.Save(active.Perturbed);
            ascent.Perturb(active, norms);
        }
    }

    /// <summary>Brings the unperturbed weights back, bit for bit.</summary>
    public void RestoreWeights() => weights.Restore();

    /// <summary>Keeps what the step has done.</summary>
    public void Commit() => _committed = true;

    public void Dispose()
    {
        RestoreWeights();
        if (!_committed)
        {
            statistics.Restore(_statisticsBefore);
            active.DropGradients();
        }

        _statisticsBefore?.Dispose();
    }
}
