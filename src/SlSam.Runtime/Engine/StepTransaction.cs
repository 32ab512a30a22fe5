using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// What a step must be able to take back: the weights that it has perturbed, the running statistics that its passes have moved, the random numbers that they
/// have drawn, and which parameters require gradients. Disposed before <see cref="Commit"/>, it leaves everything exactly as it was before the step.
/// </summary>
internal sealed class StepTransaction(ActiveSet active, RunningStatistics statistics, RandomReplay replay, SavedWeights weights) : IDisposable
{
    private readonly Tensor? _statisticsBefore = statistics.Save();
    private readonly RandomMark _start = replay.Mark();
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
            replay.TakeBack(_start);
            active.TakeBack();
        }

        _statisticsBefore?.Dispose();
        _start.State.Dispose();
    }
}
