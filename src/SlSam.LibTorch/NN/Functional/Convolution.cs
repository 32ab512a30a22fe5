namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator s_conv1d = new("aten::conv1d"), s_conv1dPadding = new("aten::conv1d", "padding");
            private static readonly Operator s_conv2d = new("aten::conv2d"), s_conv2dPadding = new("aten::conv2d", "padding");
            private static readonly Operator s_pad = new("aten::pad");

            /// <summary>1-D convolution (cross-correlation, as in all of deep learning).</summary>
            /// <param name="input">The input, of shape [N, C, L] or [C, L].</param>
            /// <param name="weight">The kernels, of shape [outputs, C / groups, size].</param>
            /// <param name="bias">The bias, of shape [outputs], or null.</param>
            /// <param name="stride">Step of the kernel; null for 1.</param>
            /// <param name="padding">Zeros on each side; null for none.</param>
            /// <param name="dilation">Distance of the kernel's elements; null for 1.</param>
            /// <param name="groups">Into how many independent groups the channels are divided.</param>
            public static Tensor conv1d(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? dilation = null,
                long groups = 1) =>
                s_conv1d.Call([input, weight, bias, new[] { stride ?? 1 }, new[] { padding ?? 0 }, new[] { dilation ?? 1 }, groups]);

            /// <summary>2-D convolution (cross-correlation, as in all of deep learning).</summary>
            /// <param name="input">The input, of shape [N, C, H, W] or [C, H, W].</param>
            /// <param name="weight">The kernels, of shape [outputs, C / groups, height, width].</param>
            /// <param name="bias">The bias, of shape [outputs], or null.</param>
            /// <param name="strides">Steps of the kernel; null for 1.</param>
            /// <param name="padding">Zeros on each side; null for none.</param>
            /// <param name="dilation">Distances of the kernel's elements; null for 1.</param>
            /// <param name="groups">Into how many independent groups the channels are divided.</param>
            public static Tensor conv2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                long groups = 1) =>
                s_conv2d.Call([input, weight, bias, strides ?? [1], padding ?? [0], dilation ?? [1], groups]);

            /// <summary>Extends the last dimensions on both sides.</summary>
            /// <param name="input">The input.</param>
            /// <param name="pad">How many elements before and after, the last dimension first.</param>
            /// <param name="mode">With what.</param>
            /// <param name="value">The value to extend with, if the mode is constant.</param>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) => mode switch
            {
                PaddingModes.Reflect => s_pad.Call([input, pad, "reflect"]),
                PaddingModes.Replicate => s_pad.Call([input, pad, "replicate"]),
                PaddingModes.Circular => s_pad.Call([input, pad, "circular"]),
                _ => s_pad.Call([input, pad, "constant", mode == PaddingModes.Zeros ? 0.0 : value]),
            };

            internal static Tensor ConvolvePadded(
                Tensor input, Tensor weight, Tensor? bias, long[] strides, Padding padding, long[] dilation, long groups)
            {
                var operation = strides.Length == 1 ? s_conv1dPadding : s_conv2dPadding;
                return operation.Call([input, weight, bias, strides, padding == Padding.Same ? "same" : "valid", dilation, groups]);
            }

            internal static Tensor Convolve(
                Tensor input, Tensor weight, Tensor? bias, long[] strides, long[] padding, long[] dilation, long groups)
            {
                var operation = strides.Length == 1 ? s_conv1d : s_conv2d;
                return operation.Call([input, weight, bias, strides, padding, dilation, groups]);
            }
        }
    }
}
