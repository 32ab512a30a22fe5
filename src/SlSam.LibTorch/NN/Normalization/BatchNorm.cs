namespace TorchSharp.Modules;

/// <summary>Normalization of each channel over the batch (Ioffe and Szegedy 2015).</summary>
public abstract class BatchNorm : NormBase
{
    /// <summary>Makes a normalization.</summary>
    /// <param name="num_features">How many channels.</param>
    /// <param name="eps">What is added to the variance.</param>
    /// <param name="momentum">How far the running statistics are moved by a batch.</param>
    /// <param name="affine">Whether there are a weight and a bias.</param>
    /// <param name="track_running_stats">Whether there are running statistics.</param>
    /// <param name="device">Where the parameters and buffers are.</param>
    /// <param name="dtype">Their element type.</param>
    /// <param name="name">The module's name.</param>
    public BatchNorm(
        long num_features, double eps, double momentum, bool affine, bool track_running_stats,
        torch.Device? device, torch.ScalarType? dtype, string name)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
    {
    }

    /// <summary>
    /// The input, normalized by the statistics of the batch in training, else by the running ones. In training the running ones move.
    /// </summary>
    /// <param name="input">The input, of shape [N, num_features, ..].</param>
    public override torch.Tensor forward(torch.Tensor input)
    {
        ValidateInputDimensions(input);

        var factor = momentum ?? 0;
        if (training && track_running_stats && num_batches_tracked is { } batches)
        {
            batches.add_(1);
            factor = momentum ?? 1.0 / batches.item<long>();
        }

        var byBatch = training || (running_mean is null && running_var is null);
        var running = !training || track_running_stats;
        return torch.nn.functional.batch_norm(
            input, running ? running_mean : null, running ? running_var : null, WeightOrNull, bias, byBatch, factor, eps);
    }
}
