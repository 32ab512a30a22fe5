using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// One step of training, the same for every method: select, first pass, norms, perturb, second pass, restore and update, learn. Selector, perturbation
/// and update rule are given to it. A step either happens as a whole or leaves the model exactly as it was.
/// </summary>
internal sealed class StepEngine(
    ArmTable table, LayerSelector selector, SamPerturbation perturbation, Updater updater, RunningStatistics statistics, RandomReplay replay)
    : IDisposable
{
    private readonly ActiveSet _active = new(table);
    private readonly double[] _firstNorms = new double[table.All.Count];
    private readonly double[] _secondNorms = new double[table.All.Count];
    private readonly double[] _armNorms = new double[table.Arms.Count];

    /// <summary>Runs a step.</summary>
    /// <param name="forwardTo">Runs the stages before the given one; null where the model is not staged.</param>
    /// <param name="lossFrom">The loss, computed from the given stage on what <paramref name="forwardTo"/> returned.</param>
    public StepReport Run(Func<int, Tensor>? forwardTo, Func<int, Tensor?, Tensor> lossFrom)
    {
        using var scope = NewDisposeScope();
        var sharpnessAware = _active.Choose(selector);
        var report = new StepReport
        {
            SharpnessAware = sharpnessAware,
            ActiveArms = _active.ArmCount,
            ActiveParameters = _active.ParameterCount,
            TotalParameters = table.TotalParameters,
            FirstActiveStage = forwardTo is null ? 0 : _active.FirstStage,
            PerturbedLoss = double.NaN,
        };

        using var transaction = new StepTransaction(_active, statistics);
        var prefix = Prefix(forwardTo);
        var mark = sharpnessAware ? replay.Mark() : null;

        if (!Pass(prefix, lossFrom, _firstNorms, out var loss))
        {
            return report with { Outcome = StepOutcome.NoGradient, Loss = loss };
        }

        var gradientNorm = Summarize(_firstNorms);
        report = report with { Loss = loss, GradientNorm = gradientNorm };
        if (!double.IsFinite(loss) || !double.IsFinite(gradientNorm))
        {
            return report with { Outcome = StepOutcome.NonFiniteFirstPass };
        }

        if (mark is not null)
        {
            var statisticsAfterFirstPass = statistics.Save();
            transaction.Perturb(perturbation, gradientNorm);
            _active.DropGradients();
            replay.Rewind(mark);

            var hasGradient = Pass(prefix, lossFrom, _secondNorms, out var perturbedLoss);
            transaction.RestoreWeights();
            report = report with { PerturbedLoss = perturbedLoss };
            if (!hasGradient)
            {
                return report with { Outcome = StepOutcome.NoGradient };
            }

            if (!double.IsFinite(perturbedLoss) || !AreFinite(_secondNorms))
            {
                return report with { Outcome = StepOutcome.NonFiniteSecondPass };
            }

            statistics.Restore(statisticsAfterFirstPass);
        }

        Update(mark is null ? _firstNorms : _secondNorms);
        transaction.Commit();
        Learn();
        return report;
    }

    /// <summary>Frees the update rule's state and gives every parameter its gradient requirement back.</summary>
    public void Dispose()
    {
        _active.DropGradients();
        _active.Release();
        updater.Dispose();
    }

    /// <summary>Runs the stages before the first active one, once, without a graph.</summary>
    private Tensor? Prefix(Func<int, Tensor>? forwardTo)
    {
        if (forwardTo is null)
        {
            return null;
        }

        using var _ = no_grad();
        return forwardTo(_active.FirstStage);
    }

    /// <summary>Runs forward and backward, and reads the loss and the gradient norms.</summary>
    /// <returns>Whether the loss depended on an active layer.</returns>
    private bool Pass(Tensor? prefix, Func<int, Tensor?, Tensor> lossFrom, double[] norms, out double lossValue)
    {
        using var scope = NewDisposeScope();
        var loss = lossFrom(_active.FirstStage, prefix)
            ?? throw new InvalidOperationException("The closure returned null; it must return the loss, a tensor with one element.");
        if (loss.numel() != 1)
        {
            throw new InvalidOperationException(
                $"The closure returned a tensor of shape [{string.Join(", ", loss.shape)}]; it must return the loss, a tensor with one element.");
        }

        if (!loss.requires_grad)
        {
            if (_active.IsEveryArm)
            {
                throw new InvalidOperationException(
                    "The loss does not depend on any layer of the model. Compute the forward pass inside the closure, and neither detach it nor run it under no_grad.");
            }

            lossValue = loss.ToDouble();
            return false;
        }

        loss.backward();
        using var _ = no_grad();
        lossValue = MultiTensorProgram.GradientNorms(_active.Parameters, loss, norms);
        return true;
    }

    /// <summary>Sums the parameters' norms to the arms' and all arms' norm; an inactive arm, and one without a gradient, gets NaN.</summary>
    private double Summarize(double[] norms)
    {
        var total = 0.0;
        var next = 0;
        for (var arm = 0; arm < _armNorms.Length; arm++)
        {
            _armNorms[arm] = double.NaN;
            if (!_active.Contains(arm))
            {
                continue;
            }

            var sum = 0.0;
            var any = false;
            foreach (var _ in table.ParametersOf(arm))
            {
                var norm = norms[next++];
                if (norm != MultiTensorProgram.NoGradient)
                {
                    sum += norm * norm;
                    any = true;
                }
            }

            total += sum;
            if (any)
            {
                _armNorms[arm] = Math.Sqrt(sum);
            }
        }

        return Math.Sqrt(total);
    }

    private bool AreFinite(double[] norms)
    {
        foreach (var norm in norms.AsSpan(0, _active.Parameters.Length))
        {
            if (!double.IsFinite(norm))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Applies the update rule to the active parameters that have a gradient.</summary>
    private void Update(double[] norms)
    {
        using var _ = no_grad();
        var all = _active.Trained;
        if (norms.AsSpan(0, all.Length).IndexOf(MultiTensorProgram.NoGradient) < 0)
        {
            updater.Update(all);
            return;
        }

        var withGradient = new List<TrainedParameter>(all.Length);
        for (var index = 0; index < all.Length; index++)
        {
            if (norms[index] != MultiTensorProgram.NoGradient)
            {
                withGradient.Add(all[index]);
            }
        }

        updater.Update([.. withGradient]);
    }

    private void Learn()
    {
        selector.Learn(_armNorms);
        for (var arm = 0; arm < _armNorms.Length; arm++)
        {
            table.Arms[arm].Probability = selector.Probability(arm);
            if (!double.IsNaN(_armNorms[arm]))
            {
                table.Arms[arm].GradientNorm = _armNorms[arm];
            }
        }
    }
}
