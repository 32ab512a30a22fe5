namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator s_maxPool2d = new("aten::max_pool2d"),
                s_maxPool2dWithIndices = new("aten::max_pool2d_with_indices");
            private static readonly Operator s_avgPool2d = new("aten::avg_pool2d");
            private static readonly Operator s_adaptiveAvgPool2d = new("aten::adaptive_avg_pool2d");

            /// <summary>Largest element of each window.</summary>
            /// <param name="input">The input, of shape [N, C, H, W] or [C, H, W].</param>
            /// <param name="kernel_size">Size of the window.</param>
            /// <param name="stride">Step of the window; null for its size.</param>
            /// <param name="padding">Elements on each side; null for none.</param>
            /// <param name="dilation">Distance of the window's elements; null for 1.</param>
            /// <param name="ceil_mode">Whether a last incomplete window counts.</param>
            public static Tensor max_pool2d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, [kernel_size], Sizes(stride), Sizes(padding), Sizes(dilation), ceil_mode);

            /// <summary>Largest element of each window.</summary>
            /// <param name="input">The input, of shape [N, C, H, W] or [C, H, W].</param>
            /// <param name="kernel_size">Sizes of the window.</param>
            /// <param name="strides">Steps of the window; null for its sizes.</param>
            /// <param name="padding">Elements on each side; null for none.</param>
            /// <param name="dilation">Distances of the window's elements; null for 1.</param>
            /// <param name="ceil_mode">Whether a last incomplete window counts.</param>
            public static Tensor max_pool2d(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                bool ceil_mode = false) =>
                s_maxPool2d.Call([input, kernel_size, strides ?? [], padding ?? [0], dilation ?? [1], ceil_mode]);

            /// <summary>Mean of each window.</summary>
            /// <param name="input">The input, of shape [N, C, H, W] or [C, H, W].</param>
            /// <param name="kernel_size">Size of the window.</param>
            /// <param name="stride">Step of the window; null for its size.</param>
            /// <param name="padding">Zeros on each side.</param>
            /// <param name="ceil_mode">Whether a last incomplete window counts.</param>
            /// <param name="count_include_pad">Whether padding counts in the mean.</param>
            /// <param name="divisor_override">What the sum is divided by instead of the count, or null.</param>
            public static Tensor avg_pool2d(
                Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null) =>
                avg_pool2d(input, [kernel_size], Sizes(stride), [padding], ceil_mode, count_include_pad, divisor_override);

            /// <summary>Mean of each window.</summary>
            /// <param name="input">The input, of shape [N, C, H, W] or [C, H, W].</param>
            /// <param name="kernel_size">Sizes of the window.</param>
            /// <param name="stride">Steps of the window; null for its sizes.</param>
            /// <param name="padding">Zeros on each side; null for none.</param>
            /// <param name="ceil_mode">Whether a last incomplete window counts.</param>
            /// <param name="count_include_pad">Whether padding counts in the mean.</param>
            /// <param name="divisor_override">What the sum is divided by instead of the count, or null.</param>
            public static Tensor avg_pool2d(
                Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null) =>
                s_avgPool2d.Call([input, kernel_size, stride ?? [], padding ?? [0], ceil_mode, count_include_pad, divisor_override]);

            /// <summary>Means of windows that give a result of a wanted size.</summary>
            /// <param name="input">The input, of shape [N, C, H, W] or [C, H, W].</param>
            /// <param name="output_size">Height and width of the result.</param>
            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) =>
                adaptive_avg_pool2d(input, [output_size, output_size]);

            /// <summary>Means of windows that give a result of a wanted size.</summary>
            /// <param name="input">The input, of shape [N, C, H, W] or [C, H, W].</param>
            /// <param name="output_size">Height and width of the result.</param>
            public static Tensor adaptive_avg_pool2d(Tensor input, (long, long) output_size) =>
                adaptive_avg_pool2d(input, [output_size.Item1, output_size.Item2]);

            /// <summary>Means of windows that give a result of a wanted size.</summary>
            /// <param name="input">The input, of shape [N, C, H, W] or [C, H, W].</param>
            /// <param name="output_size">Height and width of the result.</param>
            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) => s_adaptiveAvgPool2d.Call([input, output_size]);

            internal static (Tensor, Tensor) MaxPool2dWithIndices(
                Tensor input, long[] kernel_size, long[] strides, long[]? padding, long[]? dilation, bool ceil_mode)
            {
                var results = s_maxPool2dWithIndices.CallMany([input, kernel_size, strides, padding ?? [0], dilation ?? [1], ceil_mode]);
                return (results[0], results[1]);
            }

            private static long[]? Sizes(long? size) => size is { } value ? [value] : null;
        }
    }
}
