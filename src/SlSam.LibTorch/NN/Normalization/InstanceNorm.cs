namespace TorchSharp.Modules;

/// <summary>Normalization of each channel of each example (Ulyanov et al. 2016).</summary>
public abstract class InstanceNorm : NormBase
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
    public InstanceNorm(
        long num_features, double eps, double? momentum, bool affine, bool track_running_stats,
        torch.Device? device, torch.ScalarType? dtype, string name)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
    {
    }

    /// <summary>How many dimensions an input without a batch dimension has.</summary>
    protected abstract long GetNumberOfBatchDimensions();

    /// <summary>
    /// The input, each channel of each example normalized by its own statistics, or by running ones where there are any in evaluation.
    /// </summary>
    /// <param name="input">The input, of shape [N, num_features, ..] or [num_features, ..].</param>
    public override torch.Tensor forward(torch.Tensor input)
    {
        ValidateInputDimensions(input);
        if (input.dim() != GetNumberOfBatchDimensions()) return Normalize(input);

        using var batch = input.unsqueeze(0);
        using var result = Normalize(batch);
        return result.squeeze(0);
    }

    private torch.Tensor Normalize(torch.Tensor input) => torch.nn.functional.instance_norm(
        input, running_mean, running_var, WeightOrNull, bias, training || !track_running_stats, momentum ?? 0, eps);
}
