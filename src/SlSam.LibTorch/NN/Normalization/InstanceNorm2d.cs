using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Normalization of each channel of each example: inputs of shape [C, H, W] or [N, C, H, W].</summary>
    public sealed class InstanceNorm2d : InstanceNorm
    {
        internal InstanceNorm2d(
            long num_features, double eps, double momentum, bool affine, bool track_running_stats, torch.Device? device,
            torch.ScalarType? dtype)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(InstanceNorm2d))
        {
        }

        /// <inheritdoc/>
        protected override long GetNumberOfBatchDimensions() => 3;

        /// <inheritdoc/>
        protected override void ValidateInputDimensions(torch.Tensor input) => CheckDimensions(input, 3, 4);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes a normalization of each channel of each example: inputs of shape [C, H, W] or [N, C, H, W].</summary>
            /// <param name="num_features">How many channels.</param>
            /// <param name="eps">What is added to the variance.</param>
            /// <param name="momentum">How far the running statistics are moved by a batch, in 0..1.</param>
            /// <param name="affine">Whether there are a weight and a bias.</param>
            /// <param name="track_running_stats">Whether there are running statistics.</param>
            /// <param name="device">Where the parameters and buffers are.</param>
            /// <param name="dtype">Their element type.</param>
            public static InstanceNorm2d InstanceNorm2d(
                long num_features, double eps = 1E-05, double momentum = 0.1, bool affine = false, bool track_running_stats = false,
                Device? device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
        }
    }
}
