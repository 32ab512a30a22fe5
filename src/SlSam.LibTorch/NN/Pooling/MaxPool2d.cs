using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Largest element of each 2-D window.</summary>
    public sealed class MaxPool2d : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal MaxPool2d(long[] kernel_size, long[]? stride, long[]? padding, long[]? dilation, bool ceil_mode)
            : base(nameof(MaxPool2d)) =>
            (this.kernel_size, this.stride, this.padding, this.dilation, this.ceil_mode) =
            (kernel_size, stride, padding, dilation, ceil_mode);

        /// <summary>Sizes of the window.</summary>
        public long[] kernel_size { get; set; }

        /// <summary>Steps of the window; null for its sizes.</summary>
        public long[]? stride { get; set; }

        /// <summary>Elements on each side; null for none.</summary>
        public long[]? padding { get; set; }

        /// <summary>Distances of the window's elements; null for 1.</summary>
        public long[]? dilation { get; set; }

        /// <summary>Whether a last incomplete window counts.</summary>
        public bool ceil_mode { get; set; }

        /// <summary>The largest element of each window.</summary>
        /// <param name="input">The input, of shape [N, C, H, W] or [C, H, W].</param>
        public override torch.Tensor forward(torch.Tensor input) =>
            torch.nn.functional.max_pool2d(input, kernel_size, stride, padding, dilation, ceil_mode);

        /// <summary>The largest element of each window, and where in its channel it is.</summary>
        /// <param name="input">The input, of shape [N, C, H, W] or [C, H, W].</param>
        public (torch.Tensor Values, torch.Tensor Indices) forward_with_indices(torch.Tensor input) =>
            torch.nn.functional.MaxPool2dWithIndices(input, kernel_size, stride ?? [], padding, dilation, ceil_mode);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes a module that takes the largest element of each 2-D window.</summary>
            /// <param name="kernel_size">Size of the window.</param>
            /// <param name="stride">Step of the window; null for its size.</param>
            /// <param name="padding">Elements on each side; null for none.</param>
            /// <param name="dilation">Distance of the window's elements; null for 1.</param>
            /// <param name="ceil_mode">Whether a last incomplete window counts.</param>
            public static MaxPool2d MaxPool2d(
                long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                new(Pair(kernel_size), Pair(stride ?? kernel_size), Pair(padding ?? 0), Pair(dilation ?? 1), ceil_mode);

            /// <summary>Makes a module that takes the largest element of each 2-D window.</summary>
            /// <param name="kernel_size">Sizes of the window.</param>
            /// <param name="stride">Steps of the window; null for its sizes.</param>
            /// <param name="padding">Elements on each side; null for none.</param>
            /// <param name="dilation">Distances of the window's elements; null for 1.</param>
            /// <param name="ceil_mode">Whether a last incomplete window counts.</param>
            public static MaxPool2d MaxPool2d(
                (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null,
                bool ceil_mode = false) =>
                new(Pair(kernel_size), Pair(stride ?? kernel_size), Pair(padding ?? (0, 0)), Pair(dilation ?? (1, 1)), ceil_mode);

            /// <summary>Makes a module that takes the largest element of each 2-D window.</summary>
            /// <param name="kernel_size">Sizes of the window.</param>
            /// <param name="stride">Steps of the window; null for its sizes.</param>
            /// <param name="padding">Elements on each side; null for none.</param>
            /// <param name="dilation">Distances of the window's elements; null for 1.</param>
            /// <param name="ceil_mode">Whether a last incomplete window counts.</param>
            public static MaxPool2d MaxPool2d(
                long[] kernel_size, long[]? stride = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false) =>
                new(kernel_size, stride, padding, dilation, ceil_mode);

            private static long[] Pair(long size) => [size, size];

            private static long[] Pair((long, long) sizes) => [sizes.Item1, sizes.Item2];
        }
    }
}
