using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Mean of each 2-D window.</summary>
    public sealed class AvgPool2d : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal AvgPool2d(
            long[] kernel_size, long[]? stride, long[]? padding, bool ceil_mode, bool count_include_pad, long? divisor_override)
            : base(nameof(AvgPool2d))
        {
            (this.kernel_size, this.stride, this.padding, this.ceil_mode) = (kernel_size, stride, padding, ceil_mode);
            (this.count_include_pad, this.divisor_override) = (count_include_pad, divisor_override);
        }

        /// <summary>Sizes of the window.</summary>
        public long[] kernel_size { get; set; }

        /// <summary>Steps of the window; null for its sizes.</summary>
        public long[]? stride { get; set; }

        /// <summary>Zeros on each side; null for none.</summary>
        public long[]? padding { get; set; }

        /// <summary>Whether a last incomplete window counts.</summary>
        public bool ceil_mode { get; set; }

        /// <summary>Whether padding counts in the mean.</summary>
        public bool count_include_pad { get; set; }

        /// <summary>What the sum is divided by instead of the count, or null.</summary>
        public long? divisor_override { get; set; }

        /// <summary>The mean of each window.</summary>
        /// <param name="input">The input, of shape [N, C, H, W] or [C, H, W].</param>
        public override torch.Tensor forward(torch.Tensor input) =>
            torch.nn.functional.avg_pool2d(input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes a module that takes the mean of each 2-D window.</summary>
            /// <param name="kernel_size">Size of the window.</param>
            /// <param name="stride">Step of the window; null for its size.</param>
            /// <param name="padding">Zeros on each side; null for none.</param>
            /// <param name="ceil_mode">Whether a last incomplete window counts.</param>
            /// <param name="count_include_pad">Whether padding counts in the mean.</param>
            /// <param name="divisor_override">What the sum is divided by instead of the count, or null.</param>
            public static AvgPool2d AvgPool2d(
                long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false, bool count_include_pad = true,
                long? divisor_override = null) =>
                new(
                    Pair(kernel_size), stride is { } s ? Pair(s) : null, padding is { } p ? Pair(p) : null,
                    ceil_mode, count_include_pad, divisor_override);

            /// <summary>Makes a module that takes the mean of each 2-D window.</summary>
            /// <param name="kernel_size">Sizes of the window.</param>
            /// <param name="stride">Steps of the window; null for its sizes.</param>
            /// <param name="padding">Zeros on each side; null for none.</param>
            /// <param name="ceil_mode">Whether a last incomplete window counts.</param>
            /// <param name="count_include_pad">Whether padding counts in the mean.</param>
            /// <param name="divisor_override">What the sum is divided by instead of the count, or null.</param>
            public static AvgPool2d AvgPool2d(
                (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null) =>
                new(
                    Pair(kernel_size), stride is { } s ? Pair(s) : null, padding is { } p ? Pair(p) : null,
                    ceil_mode, count_include_pad, divisor_override);

            /// <summary>Makes a module that takes the mean of each 2-D window.</summary>
            /// <param name="kernel_size">Sizes of the window.</param>
            /// <param name="stride">Steps of the window; null for its sizes.</param>
            /// <param name="padding">Zeros on each side; null for none.</param>
            /// <param name="ceil_mode">Whether a last incomplete window counts.</param>
            /// <param name="count_include_pad">Whether padding counts in the mean.</param>
            /// <param name="divisor_override">What the sum is divided by instead of the count, or null.</param>
            public static AvgPool2d AvgPool2d(
                long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false, bool count_include_pad = true,
                long? divisor_override = null) =>
                new(kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override);
        }
    }
}
