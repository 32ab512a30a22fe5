using System.Globalization;
using System.Runtime.InteropServices;

namespace SlSam;

/// <summary>
/// What the processes of a group do together in a step. At its beginning they find out that they work on the same layers; a pass's gradients are averaged while
/// its backward pass runs; after it they agree on the loss and the norms, so that all of them learn the same and refuse the same. A process whose own part fails
/// still sends what the others wait for, and they refuse the step as well.
/// </summary>
/// <remarks>Every process is told every other's numbers, not only their sum: an error can name the rank, and all compute the same bits from them.</remarks>
internal sealed class StepAgreement(DataParallel parallel, ArmTable table, LayerSelector selector) : IDisposable
{
    /// <summary>What comes before the norms in what a process says of a pass: how it went, and the loss.</summary>
    private const int Head = 2;

    private readonly ProcessGroup _group = parallel.Group;
    private readonly double[] _weights = new double[parallel.Group.WorldSize];
    private double[] _mine = [];
    private double[] _all = [];
    private bool _inStep;
    private ParameterSet? _pass;
    private bool _isSynchronized;
    private bool _hasBegun;
    private bool _isAveraged;

    private enum Status
    {
        Ready,
        NoGradient,
        Failed,
        Cancelled,
    }

    /// <summary>Meets the others at the beginning of a step, and finds out whether they are about to do the same.</summary>
    public void BeginStep(ActiveSet active)
    {
        if (_group.IsBroken)
        {
            throw new ProcessGroupException(
                $"Rank {_group.Rank} of {_group.WorldSize} has lost the others in an earlier call. Start all workers again, from their last checkpoint.");
        }

        parallel.CountStep();
        _inStep = true;
        Meet(Status.Ready, FingerprintOf(active));
        RequireSameStep();
        Expect(active.Measured, parallel.Options.SynchronizeFirstPass || !active.SharpnessAware);
    }

    /// <summary>Lets the gradients of the backward pass that is about to begin leave as they come; it is the last of the step's pass.</summary>
    public void BeginBackward()
    {
        if (_isSynchronized && !_hasBegun)
        {
            _hasBegun = true;
            parallel.Reducer.Begin(_pass!, _weights[_group.Rank]);
        }
    }

    /// <summary>Sends the gradients that have not left yet, waits for the averages, and makes them the gradients; after the last backward pass.</summary>
    public void AverageGradients()
    {
        if (_isSynchronized)
        {
            BeginBackward();
            parallel.Reducer.Flush();
            parallel.Reducer.Wait();
            _isAveraged = true;
        }
    }

    /// <summary>Agrees with the others on what a pass has come to.</summary>
    /// <param name="hasGradient">Whether the loss of this process's part depended on what the pass computes gradients for.</param>
    /// <param name="loss">That loss; the joint one afterwards.</param>
    /// <param name="norms">
    /// The norms of its gradients, which are read if there are any. Afterwards those of the averages; where each process has its own gradients, the root of the
    /// mean of the squares.
    /// </param>
    /// <param name="next">The parameters of the step's next pass; null where this is its last one.</param>
    public void EndPass(bool hasGradient, ref double loss, Span<double> norms, ParameterSet? next)
    {
        norms = norms[.._pass!.Trained.Length];
        if (!hasGradient)
        {
            norms.Fill(MultiTensorProgram.NoGradient);
        }

        var length = Head + norms.Length;
        var said = Room(length);
        (said[0], said[1]) = ((double)(hasGradient ? Status.Ready : Status.NoGradient), loss);
        norms.CopyTo(said[Head..]);
        _pass = null;
        _group.Gather(said, _all, "agree on a pass");
        RequireAll(length);

        loss = 0;
        for (var rank = 0; rank < _group.WorldSize; rank++)
        {
            loss += _weights[rank] * _all[rank * length + 1];
        }

        for (var index = 0; index < norms.Length; index++)
        {
            // Averaged gradients are the same everywhere, and so, but for a last bit that another processor may round otherwise, are their norms.
            norms[index] = _isSynchronized ? _all[Head + index] : RootMeanSquare(Head + index, length);
        }

        if (next is not null && hasGradient && double.IsFinite(loss) && StepNorms.AreFinite(norms))
        {
            Expect(next, synchronized: true);
        }
    }

    /// <summary>Gives all processes the running statistics of rank 0.</summary>
    public void Share(RunningStatistics statistics)
    {
        if (parallel.Options.BroadcastStatistics && statistics.Buffers.Count > 0)
        {
            _group.Broadcast(statistics.Buffers);
        }
    }

    /// <summary>The step is over.</summary>
    public void EndStep() => _inStep = false;

    /// <summary>This process's part of the step has failed, maybe before it began: takes part in what the others wait for, and tells them.</summary>
    public void Fail(Exception reason)
    {
        var status = reason is OperationCanceledException ? Status.Cancelled : Status.Failed;
        try
        {
            if (_group.IsBroken || _group.IsDisposed)
            {
                // No one can be told.
            }
            else if (!_inStep)
            {
                Meet(status, 0);
            }
            else if (_pass is { } pass)
            {
                if (_isSynchronized && !_isAveraged)
                {
                    BeginBackward();
                    parallel.Reducer.Abandon();
                }

                var said = Room(Head + pass.Trained.Length);
                said.Clear();
                said[0] = (double)status;
                _group.Gather(said, _all, "end its part of the step");
            }
        }
        catch (Exception e) when (e is ProcessGroupException or ExternalException)
        {
            // The step has failed already, for the reason that is on its way to the caller.
        }
        finally
        {
            _pass = null;
            _inStep = false;
        }
    }

    public void Dispose() => parallel.Reducer.Dispose();

    private void Expect(ParameterSet pass, bool synchronized) => (_pass, _isSynchronized, _hasBegun, _isAveraged) = (pass, synchronized, false, false);

    /// <summary>Tells the others how a step begins here, and is told how it begins there.</summary>
    private void Meet(Status status, double fingerprint)
    {
        var said = Room(3);
        (said[0], said[1], said[2]) = ((double)status, fingerprint, parallel.ShardSize);
        _group.Gather(said, _all, "begin a step");
        if (status == Status.Ready)
        {
            RequireAll(3);
        }
    }

    private void RequireSameStep()
    {
        var total = 0.0;
        for (var rank = 0; rank < _group.WorldSize; rank++)
        {
            if (_all[3 * rank + 1] != _all[1])
            {
                throw new ProcessGroupException(
                    $"Rank {rank} is about to train other layers, or at other learning rates, than rank 0. Options, seeds and schedulers must be the same in every "
                    + "process, and each must resume from the same checkpoint. Nothing was changed.");
            }

            if (_all[3 * rank + 2] > 0 != _all[2] > 0)
            {
                throw new ProcessGroupException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"ShardSize is {_all[3 * rank + 2]} on rank {rank} and {_all[2]} on rank 0; either every process says how large its part of the batch is, or none. Nothing was changed."));
            }

            total += _all[3 * rank + 2];
        }

        for (var rank = 0; rank < _group.WorldSize; rank++)
        {
            _weights[rank] = total > 0 ? _all[3 * rank + 2] / total : 1.0 / _group.WorldSize;
        }
    }

    /// <summary>Refuses the step where one of the others could not do its part of it.</summary>
    private void RequireAll(int length)
    {
        for (var rank = 0; rank < _group.WorldSize; rank++)
        {
            switch ((Status)_all[rank * length])
            {
                case Status.Failed:
                    throw new ProcessGroupException($"The step failed on rank {rank}, which says why. Nothing was changed, here either.");
                case Status.Cancelled:
                    throw new ProcessGroupException($"The step was cancelled on rank {rank}. Nothing was changed, here either.");
                case var status when status != (Status)_all[0]:
                    var (with, without) = status == Status.NoGradient ? (0, rank) : (rank, 0);
                    throw new ProcessGroupException($"The loss of rank {without} did not depend on any active layer, that of rank {with} did. Nothing was changed.");
            }
        }
    }

    private double RootMeanSquare(int first, int length)
    {
        var sum = 0.0;
        var any = false;
        for (var rank = 0; rank < _group.WorldSize; rank++)
        {
            var norm = _all[rank * length + first];
            if (norm != MultiTensorProgram.NoGradient)
            {
                any = true;
                sum += _weights[rank] * norm * norm;
            }
        }

        return any ? Math.Sqrt(sum) : MultiTensorProgram.NoGradient;
    }

    /// <summary>Room for this process's numbers, and as much for each of the others'.</summary>
    private Span<double> Room(int count)
    {
        if (_mine.Length < count)
        {
            _mine = new double[2 * count];
            _all = new double[2 * count * _group.WorldSize];
        }

        return _mine.AsSpan(0, count);
    }

    /// <summary>A number that differs where two processes would train different layers, or with different coefficients or probabilities.</summary>
    private double FingerprintOf(ActiveSet active)
    {
        var fingerprint = new Fingerprint();
        fingerprint.Add(active.SharpnessAware ? 1 : 0);
        foreach (var trained in active.Updated.Trained)
        {
            fingerprint.Add(trained.Index);
            fingerprint.Add(trained.Count);
            fingerprint.Add(trained.LearningRate);
            fingerprint.Add(trained.WeightDecay);
        }

        for (var arm = 0; arm < table.Arms.Count; arm++)
        {
            fingerprint.Add(selector.Probability(arm));
        }

        return fingerprint.Value;
    }
}
