using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// One step of training, the same for every method: select, first pass, norms, perturb, second pass, restore and update, learn. Selector, perturbation,
/// pair balance and update rule are given to it. A step either happens as a whole or leaves everything exactly as it was.
/// </summary>
internal sealed class StepEngine(
    ArmTable table,
    ActiveSet active,
    LayerSelector selector,
    AscentSchedule schedule,
    Ascent ascent,
    GradientMix mix,
    PairBalance balance,
    GradientClipping? clipping,
    Updater updater,
    RunningStatistics statistics,
    RandomReplay replay,
    StepClock clock,
    StepGuard guard,
    PassPrecision precision)
    : IDisposable
{
    private readonly StepNorms _norms = new(table);
    private readonly StepCost _cost = new(table);
    private readonly SavedWeights _saved = new();
    private readonly StepPasses _passes =
        new(new PassContext(active, replay, clock, precision), new ClosureLoss(table.All[0].Parameter), guard);

    /// <summary>What the processes of a group do together in a step; null where there is one process alone.</summary>
    public StepAgreement? Agreement => _passes.Agreement;

    /// <summary>Trains with the other processes of a group from now on.</summary>
    public void Join(DataParallel parallel)
    {
        _passes.Agreement = new StepAgreement(parallel, table, selector);
        replay.Rank = parallel.Group.Rank;
    }

    /// <summary>Runs a step.</summary>
    /// <param name="work">The forward pass and the loss.</param>
    public StepReport Run(StepWork work)
    {
        var report = RunAsOne(work);
        Agreement?.EndStep();
        return report;
    }

    private StepReport RunAsOne(StepWork work)
    {
        using var scope = NewDisposeScope();
        active.Choose(selector, schedule.IsDue);
        if (active.Updated.Trained.Length == 0)
        {
            active.Spend();
            return new StepReport { Outcome = StepOutcome.NoGradient, Loss = double.NaN, PerturbedLoss = double.NaN, TotalParameters = table.TotalParameters };
        }

        Agreement?.BeginStep(active);
        RequireLearningRates();
        active.Refresh();
        _saved.Prepare(active.Perturbed);
        using var transaction = new StepTransaction(active, statistics, replay, _saved);
        var report = Begin(work);

        active.BeginFirstPass(work.IsStaged);
        if (!FirstPass(work, out var loss))
        {
            active.Spend();
            return report with { Outcome = StepOutcome.NoGradient, Loss = loss };
        }

        report = report with { Loss = loss, GradientNorm = _norms.Summarize(active.Measured) };
        if (!IsFinite(loss, active.Measured))
        {
            return report with { Outcome = StepOutcome.NonFiniteFirstPass };
        }

        if (active.SharpnessAware)
        {
            clock.Enter(StepPhase.SecondPass);
            var statisticsAfterFirstPass = statistics.Save();
            Perturb(transaction);
            active.BeginSecondPass();
            var hasGradient = SecondPass(work, out var perturbedLoss);
            transaction.RestoreWeights();
            report = report with { PerturbedLoss = perturbedLoss, PerturbedArms = active.PerturbedArms };
            if (!hasGradient)
            {
                active.Spend();
                return report with { Outcome = StepOutcome.NoGradient };
            }

            if (!IsFinite(perturbedLoss, active.Updated))
            {
                return report with { Outcome = StepOutcome.NonFiniteSecondPass };
            }

            statistics.Restore(statisticsAfterFirstPass);
        }

        clock.Enter(StepPhase.Update);
        Agreement?.Share(statistics);
        report = report with { Clipped = Update() };
        transaction.Commit();
        Learn();
        return report;
    }

    /// <summary>Trains some entries of a parameter only, or all of them again; its optimizer state starts anew.</summary>
    public void SetMask(TrainedParameter trained, Tensor? indices)
    {
        var mask = indices is null ? null : new MaskedEntries(trained.Parameter, indices, trained.Type);
        active.Invalidate();
        trained.SetMask(mask);
        table.CountParameters();
        updater.Forget(trained);
        ascent.Forget(trained);
        _norms.Forget(trained);
    }

    /// <summary>Describes everything that later steps depend on, apart from the weights. Masks come first, since what belongs to them has their shapes.</summary>
    public void DescribeState(StateDescription state)
    {
        TrainedState.DescribeMasks(state, table.All, SetMask);
        TrainedState.DescribeMasters(state, table.All);
        foreach (var group in table.Groups)
        {
            state.Part($"group/{group.Layer.Name}", group.DescribeState);
        }

        state.Part("choice", active.DescribeState);
        state.Part("selector", selector.DescribeState);
        state.Part("ascent schedule", schedule.DescribeState);
        state.Part("ascent", part => ascent.DescribeState(part, table.All));
        state.Part("norms", _norms.DescribeState);
        state.Part("balance", balance.DescribeState);
        state.Part("update", part => updater.DescribeState(part, table.All));
        state.Part("random", replay.DescribeState);
    }

    /// <summary>Frees the update rule's state and gives every parameter its gradient requirement back; the model may be disposed already.</summary>
    public void Dispose()
    {
        active.Release();
        updater.Dispose();
        ascent.Dispose();
        balance.Dispose();
        Agreement?.Dispose();
        _saved.Dispose();
        foreach (var trained in table.All)
        {
            trained.Dispose();
        }
    }

    /// <summary>A scheduler, or the user, may have set what no update rule can use.</summary>
    private void RequireLearningRates()
    {
        foreach (var trained in active.Updated.Trained)
        {
            if (trained.Group.LearningRate < 0 || !double.IsFinite(trained.Group.LearningRate))
            {
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The learning rate of layer '{trained.Group.Layer.Name}' is {trained.Group.LearningRate}, but must be finite and at least 0. Nothing was changed."));
            }
        }
    }

    private StepReport Begin(StepWork work) => new()
    {
        SharpnessAware = active.SharpnessAware,
        ActiveArms = active.ActiveArms,
        ActiveParameters = active.Updated.Count,
        TotalParameters = table.TotalParameters,
        FirstActiveStage = work.IsStaged ? active.Updated.FirstStage : 0,
        FirstPerturbedStage = work.IsStaged ? active.Measured.FirstStage : 0,
        PerturbedLoss = double.NaN,
        Cost = _cost.Of(active, work),
    };

    /// <summary>Runs the first pass, and reads the loss and the norms of the gradients of what is to be perturbed.</summary>
    /// <returns>Whether the loss depended on it.</returns>
    private bool FirstPass(StepWork work, out double lossValue)
    {
        var loss = _passes.First(work);
        if (!loss.HasGradient)
        {
            if (active.Measured.Trained.Length == table.All.Count(trained => trained.Count > 0))
            {
                throw new InvalidOperationException(
                    "The loss does not depend on any layer of the model. Compute the forward pass inside the closure, and neither detach it nor run it under no_grad.");
            }

            lossValue = loss.Value.ToDouble();
        }
        else
        {
            using var _ = no_grad();
            lossValue = ascent.Measure(active.Measured, loss.Value, _norms);
        }

        EndPass(loss.HasGradient, ref lossValue, active.SharpnessAware ? active.Updated : null);
        return loss.HasGradient;
    }

    private void Perturb(StepTransaction transaction)
    {
        using var _ = no_grad();
        active.Narrow(selector, _norms.OfArms);
        transaction.Perturb(ascent, _norms);
        mix.AfterFirstPass(active, precision.Scale);
    }

    /// <summary>Runs the second pass, and reads the loss and the norms of the gradients to be applied.</summary>
    private bool SecondPass(StepWork work, out double lossValue)
    {
        var loss = _passes.Second(work);
        if (!loss.HasGradient)
        {
            lossValue = loss.Value.ToDouble();
        }
        else
        {
            using var _ = no_grad();
            lossValue = MultiTensorProgram.GradientNorms(active.Updated.Values, loss.Value, _norms.Gradients);
            mix.AfterSecondPass(active, _norms.Gradients);
        }

        EndPass(loss.HasGradient, ref lossValue, next: null);
        return loss.HasGradient;
    }

    /// <summary>Stops the step here where it is to be stopped, since the other processes of a group are told so now, and agrees with them on the pass.</summary>
    private void EndPass(bool hasGradient, ref double loss, ParameterSet? next)
    {
        guard.ThrowIfStopped();
        Agreement?.EndPass(hasGradient, ref loss, _norms.Gradients, next);
    }

    /// <summary>Whether what a pass has come to may be used: a step with anything else in it is refused.</summary>
    private bool IsFinite(double loss, ParameterSet set) => double.IsFinite(loss) && _norms.AreFinite(set);

    /// <summary>Clips, balances pairs, and applies the update rule to the parameters that have a gradient.</summary>
    /// <returns>Whether anything was clipped.</returns>
    private bool Update()
    {
        using var _ = no_grad();
        var clipped = clipping?.Apply(active.Updated, _norms.Gradients.AsSpan(0, active.Updated.Trained.Length)) ?? false;
        var withGradient = _norms.Publish(active.Updated);
        balance.Apply();
        updater.Update(withGradient);
        active.Updated.Scatter();
        active.Updated.ReturnGradients();
        return clipped;
    }

    private void Learn()
    {
        ascent.Keep(active, _norms);
        _norms.SummarizeApplied(active.Updated);
        selector.Learn(_norms.OfArms, _norms.AppliedToArms);
        schedule.Advance();
        active.Spend();
        for (var arm = 0; arm < _norms.OfArms.Length; arm++)
        {
            if (!double.IsNaN(_norms.OfArms[arm]))
            {
                table.States.GradientNorms[arm] = _norms.OfArms[arm];
            }
        }
    }
}
