using System.ComponentModel.DataAnnotations;

namespace SlSam;

/// <summary>How the processes of a group train one model together; see <see cref="SharpnessAwareOptimizer.JoinGroup"/>.</summary>
public sealed record DataParallelOptions
{
    private readonly long _bucketBytes = 25 << 20;

    /// <summary>
    /// Whether the gradients of the first of two passes are averaged too, so that all processes perturb along the gradient of the joint batch. Not so by
    /// default: each perturbs along that of its own part, which is m-sharpness (Foret et al., section 4.1) with a part for each process, generalizes better in
    /// their experiments, and sends half as much.
    /// </summary>
    public bool SynchronizeFirstPass { get; init; }

    /// <summary>
    /// How many bytes of gradients travel together, at least 1; 25 MiB by default, the first of them 1 MiB at most, as in PyTorch. Smaller buckets leave earlier
    /// during the backward pass, larger ones cost fewer calls.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(1, (double)long.MaxValue)]
    public long BucketBytes
    {
        get => _bucketBytes;
        init => _bucketBytes = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(BucketBytes), value, $"BucketBytes is {value}, but must be at least 1.");
    }

    /// <summary>
    /// Whether all processes take over rank 0's running statistics of batch and instance normalizations after each step, as in PyTorch; so by default. Otherwise
    /// each has those of its own parts of the batches.
    /// </summary>
    public bool BroadcastStatistics { get; init; } = true;
}
