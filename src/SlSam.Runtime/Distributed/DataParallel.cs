using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>An optimizer's part in a group of processes that train one model together, each on its own part of every batch.</summary>
public sealed class DataParallel
{
    private long _shardSize;
    private long _bytesBefore;

    private DataParallel(ProcessGroup group, DataParallelOptions options)
    {
        Group = group;
        Options = options;
        Reducer = new GradientReducer(group, options.BucketBytes);
    }

    /// <summary>The processes.</summary>
    public ProcessGroup Group { get; }

    /// <summary>How they train together.</summary>
    public DataParallelOptions Options { get; }

    /// <summary>
    /// How many examples this process's part of the batch has in the next steps, where the parts differ in size: a process then counts as much as its part,
    /// and the step is that on the joint batch. 0, by default, where they are all alike. Either every process sets it or none.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long ShardSize
    {
        get => _shardSize;
        set => _shardSize = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(ShardSize), value, string.Create(CultureInfo.InvariantCulture, $"ShardSize is {value}, but must be the number of examples, or 0."));
    }

    /// <summary>How many bytes of gradients this process has handed to c10d in the last step.</summary>
    public long LastGradientBytes => Reducer.Bytes - _bytesBefore;

    /// <summary>How many bytes of gradients this process has handed to c10d so far.</summary>
    public long GradientBytes => Reducer.Bytes;

    /// <summary>Of these, how many left while the backward pass had other gradients to compute.</summary>
    public long OverlappedGradientBytes => Reducer.EarlyBytes;

    /// <summary>Averages gradients.</summary>
    internal GradientReducer Reducer { get; }

    /// <summary>Finds out that all processes train the same model by the same method, and gives all the weights and buffers of rank 0.</summary>
    /// <param name="group">The processes.</param>
    /// <param name="options">How they train together.</param>
    /// <param name="method">The method, which all must have.</param>
    /// <param name="model">The model.</param>
    /// <param name="trained">What is trained of it.</param>
    internal static DataParallel Join(
        ProcessGroup group, DataParallelOptions options, SharpnessOptions method, nn.Module model, IReadOnlyList<TrainedParameter> trained)
    {
        RequireStateOfAll(options, method);
        Tensor[] tensors = [.. model.parameters(), .. model.buffers()];
        RequireSameModel(group, method, tensors, trained);
        RequireSameMasks(group, trained);
        group.Broadcast(tensors);
        return new DataParallel(group, options);
    }

    /// <summary>Counts the bytes of a step from now on.</summary>
    internal void CountStep() => _bytesBefore = Reducer.Bytes;

    /// <summary>Puts the entries that rank 0 has chosen for masks in the place of those of this process, which are disposed.</summary>
    internal void TakeMasks(Tensor[] masks)
    {
        using var counts = tensor(Array.ConvertAll(masks, mask => mask.numel()));
        Group.Broadcast([counts]);
        for (var index = 0; index < masks.Length; index++)
        {
            using var count = counts[index];
            if (count.ToInt64() != masks[index].numel())
            {
                var mine = masks[index];
                masks[index] = zeros(count.ToInt64(), ScalarType.Int64, mine.device);
                mine.Dispose();
            }
        }

        Group.Broadcast(masks);
    }

    /// <summary>What outlasts a step must be the same in every process: a run resumes from one checkpoint, that of rank 0.</summary>
    private static void RequireStateOfAll(DataParallelOptions options, SharpnessOptions method)
    {
        if (options.SynchronizeFirstPass || !method.MayAscend)
        {
            return;
        }

        if (method.ElementMask is not null)
        {
            throw new ArgumentException(
                $"{nameof(SharpnessOptions.ElementMask)} keeps for later steps which entries of the first pass's gradient are large, and each process has a gradient of "
                + $"its own there; set {nameof(DataParallelOptions.SynchronizeFirstPass)} = true.",
                nameof(options));
        }

        if (method.Norm == PerturbationNorm.All)
        {
            throw new ArgumentException(
                $"{nameof(PerturbationNorm)}.{nameof(PerturbationNorm.All)} keeps the lengths of the first pass's gradients for later steps, and each process has gradients "
                + $"of its own there; set {nameof(DataParallelOptions.SynchronizeFirstPass)} = true.",
                nameof(options));
        }
    }

    private static void RequireSameModel(ProcessGroup group, SharpnessOptions method, Tensor[] tensors, IReadOnlyList<TrainedParameter> trained)
    {
        var model = new Fingerprint();
        foreach (var each in tensors)
        {
            model.Add((long)each.dtype);
            foreach (var size in each.shape)
            {
                model.Add(size);
            }
        }

        foreach (var each in trained)
        {
            model.Add(each.Group.Layer.Name);
            model.Add(each.Name);
        }

        var options = new Fingerprint();
        options.Add(method.ToString());
        double[] mine = [model.Value, options.Value];
        var all = new double[mine.Length * group.WorldSize];
        group.Gather(mine, all, "compare its model with the others'");
        for (var rank = 1; rank < group.WorldSize; rank++)
        {
            if (all[2 * rank] != all[0])
            {
                throw new ArgumentException($"The model of rank {rank} has other layers, shapes or types than that of rank 0.", "group");
            }

            if (all[2 * rank + 1] != all[1])
            {
                throw new ArgumentException(
                    $"The options of rank {rank} are not those of rank 0, and all processes must train by the same method. Those of rank {group.Rank}: {method}", "group");
            }
        }
    }

    /// <summary>Masks that are there already were made from this process's weights, and deltas are counted from them.</summary>
    private static void RequireSameMasks(ProcessGroup group, IReadOnlyList<TrainedParameter> trained)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var masks = new Fingerprint();
        foreach (var each in trained)
        {
            if (each.Mask is { } mask)
            {
                masks.Add(mask.Indices.cpu().contiguous().bytes);
                masks.Add(each.Parameter.cpu().contiguous().bytes);
            }
        }

        double[] mine = [masks.Value];
        var all = new double[group.WorldSize];
        group.Gather(mine, all, "compare its masks with the others'");
        var other = Array.FindIndex(all, value => value != all[0]);
        if (other >= 0)
        {
            throw new ArgumentException(
                $"Rank {other} has masks, or weights in masked layers, other than rank 0. Join the group before masks are made, or build the model from the same "
                + "weights in every process.",
                "group");
        }
    }
}
