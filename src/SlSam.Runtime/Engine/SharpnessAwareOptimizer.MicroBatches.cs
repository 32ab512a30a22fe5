using static TorchSharp.torch;

namespace SlSam;

public abstract partial class SharpnessAwareOptimizer
{
    /// <summary>
    /// Trains one step on a batch that does not fit into memory at once: both passes add up the gradients of its micro-batches. The step is that of the joint
    /// batch, to rounding, where layers look at each example by itself (a batch normalization does not).
    /// </summary>
    /// <typeparam name="T">What a micro-batch is: often a pair of inputs and targets.</typeparam>
    /// <param name="microBatches">The micro-batches, at least one.</param>
    /// <param name="loss">
    /// Runs the forward pass on a micro-batch and returns its loss, the mean over its examples; called once for each, or twice where the step is
    /// sharpness-aware, always in their order.
    /// </param>
    /// <param name="size">The number of examples in a micro-batch, at least 1: its share in the joint loss. Null where all are of one size.</param>
    /// <returns>What the step did; the losses are those of the joint batch.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">There are no micro-batches, or one of them has no example.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="Step(Func{Tensor})"/>.</exception>
    public StepReport Step<T>(IReadOnlyList<T> microBatches, Func<T, Tensor> loss, Func<T, long>? size = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        RequireWholeBatch();
        return Run(Accumulate(microBatches, size ?? (static _ => 1), fraction: 1, batch => new MicroBatch(forwardTo: null, (_, _, _) => loss(batch))));
    }

    /// <summary>
    /// Trains one step on micro-batches, as <see cref="Step{T}(IReadOnlyList{T}, Func{T, Tensor}, Func{T, long})"/> does, whose first pass may work on the first
    /// rows of the joint batch only (<see cref="SharpnessOptions.AscentFraction"/>).
    /// </summary>
    /// <typeparam name="T">What a micro-batch is.</typeparam>
    /// <param name="microBatches">The micro-batches, at least one.</param>
    /// <param name="loss">
    /// Runs the forward pass on the given part of a micro-batch and returns the mean loss of its examples; in a first pass not called for those without a row in it:
    /// <c>(batch, slice) => cross_entropy(model.call(slice.Of(batch.x)), slice.Of(batch.y))</c>.
    /// </param>
    /// <param name="size">The number of examples in a micro-batch, at least 1.</param>
    /// <returns>What the step did. Its <see cref="StepReport.Loss"/> is that of the rows of the first pass.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">There are no micro-batches, or one of them has no example.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="Step(Func{Tensor})"/>.</exception>
    public StepReport Step<T>(IReadOnlyList<T> microBatches, Func<T, BatchSlice, Tensor> loss, Func<T, long> size)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(size);
        return Run(Accumulate(
            microBatches, size, _options.AscentFraction, batch => new MicroBatch(forwardTo: null, (_, _, slice) => loss(batch, slice))));
    }

    /// <summary>Trains one step of a staged model on micro-batches. What enters the first active stage is kept for each of them between the passes.</summary>
    /// <typeparam name="T">What a micro-batch is.</typeparam>
    /// <param name="microBatches">The micro-batches, at least one.</param>
    /// <param name="size">The number of examples in a micro-batch, at least 1: the first dimension of the model's input.</param>
    /// <param name="forwardTo">Runs the stages before the given one on a micro-batch and returns the activation there.</param>
    /// <param name="lossFrom">Runs the given stage and those after it on a part of that activation, and returns the loss of that part of the micro-batch.</param>
    /// <returns>What the step did. Its <see cref="StepReport.Loss"/> is that of the rows of the first pass.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">There are no micro-batches, or one of them has no example.</exception>
    /// <exception cref="InvalidOperationException">
    /// As for <see cref="Step(Func{Tensor})"/>, or the activation or target to be cut has no row for each example.
    /// </exception>
    protected StepReport Step<T>(
        IReadOnlyList<T> microBatches, Func<T, long> size, Func<T, int, Tensor> forwardTo, Func<T, int, Tensor, BatchSlice, Tensor> lossFrom)
    {
        ArgumentNullException.ThrowIfNull(size);
        ArgumentNullException.ThrowIfNull(forwardTo);
        ArgumentNullException.ThrowIfNull(lossFrom);
        return Run(Accumulate(
            microBatches,
            size,
            _options.AscentFraction,
            batch => new MicroBatch(stage => forwardTo(batch, stage), (stage, activation, slice) => lossFrom(batch, stage, activation!, slice))));
    }

    /// <summary>Gives each micro-batch its share in the joint batch, and of the rows at the front that the first of two passes works on.</summary>
    private static StepWork Accumulate<T>(IReadOnlyList<T> microBatches, Func<T, long> size, double fraction, Func<T, MicroBatch> create)
    {
        ArgumentNullException.ThrowIfNull(microBatches);
        if (microBatches.Count == 0)
        {
            throw new ArgumentException("There are no micro-batches; a step needs at least one.", nameof(microBatches));
        }

        var sizes = new long[microBatches.Count];
        for (var index = 0; index < sizes.Length; index++)
        {
            sizes[index] = size(microBatches[index]);
            if (sizes[index] < 1)
            {
                throw new ArgumentException($"The size of micro-batch {index} is {sizes[index]}, but must be at least 1.", nameof(microBatches));
            }
        }

        var all = sizes.Sum();
        var ascending = BatchSlice.RowsOf(fraction, all);
        var before = 0L;
        var batches = new MicroBatch[sizes.Length];
        for (var index = 0; index < sizes.Length; index++)
        {
            var rows = Math.Clamp(ascending - before, 0, sizes[index]);
            var batch = batches[index] = create(microBatches[index]);
            batch.Weight = (double)sizes[index] / all;
            batch.AscentWeight = (double)rows / ascending;
            batch.AscentSlice = rows == 0 ? default : BatchSlice.OfFirst(rows, sizes[index]);
            before += sizes[index];
        }

        return new StepWork(batches);
    }
}
