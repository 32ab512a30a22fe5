using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// What a step must be able to take back: the weights that it has perturbed and the running statistics that its passes have moved. Disposed before
/// <see cref="Commit"/>, it leaves the model exactly as it was before the step.
/// </summary>
internal sealed class StepTransaction(ActiveSet active, RunningStatistics statistics) : IDisposable
{
    private readonly Tensor? _statisticsBefore = statistics.Save();
    private Tensor? _weights;
    private bool _committed;

    /// <summary>Keeps the weights and perturbs them.</summary>
    public void Perturb(SamPerturbation perturbation, double gradientNorm)
    {
        using var _ = no_grad();
        _weights = MultiTensorProgram.Save(active.Parameters, mixed: false);
        perturbation.Ascend(active.Parameters, gradientNorm);
    }

    /// <summary>Brings the unperturbed weights back, bit for bit.</summary>
    public void RestoreWeights()
    {
        if (_weights is null)
        {
            return;
        }

        using var _ = no_grad();
        MultiTensorProgram.Restore(active.Parameters, _weights);
        _weights.Dispose();
        _weights = null;
    }

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
