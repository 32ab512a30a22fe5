using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>2-D convolution.</summary>
    public sealed class Conv2d : Convolution
    {
        internal Conv2d(
            long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type, long[] dilation,
            long groups, bool bias, PaddingModes padding_mode, torch.Device? device, torch.ScalarType? dtype)
            : base(
                nameof(Conv2d), in_channels, out_channels, kernel_size, stride, padding, padding_type, dilation,
                transposed: false, output_padding: new long[2], groups, bias, padding_mode, device, dtype)
        {
        }

        /// <summary>The input, convolved with the kernels.</summary>
        /// <param name="input">The input, of shape [N, C, H, W] or [C, H, W].</param>
        public override torch.Tensor forward(torch.Tensor input) => Convolve(input);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes a 2-D convolution.</summary>
            /// <param name="in_channels">Channels of the input.</param>
            /// <param name="out_channels">Channels of the result.</param>
            /// <param name="kernel_size">Size of the kernel.</param>
            /// <param name="stride">Step of the kernel.</param>
            /// <param name="padding">Elements on each side.</param>
            /// <param name="dilation">Distance of the kernel's elements.</param>
            /// <param name="padding_mode">What is beyond the edge.</param>
            /// <param name="groups">Into how many independent groups the channels are divided.</param>
            /// <param name="bias">Whether there is a bias.</param>
            /// <param name="device">Where the parameters are.</param>
            /// <param name="dtype">Their element type.</param>
            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, [kernel_size, kernel_size], [stride, stride], [padding, padding], null,
                    [dilation, dilation], groups, bias, padding_mode, device, dtype);

            /// <summary>Makes a 2-D convolution.</summary>
            /// <param name="in_channels">Channels of the input.</param>
            /// <param name="out_channels">Channels of the result.</param>
            /// <param name="kernel_size">Size of the kernel.</param>
            /// <param name="padding">How much padding.</param>
            /// <param name="stride">Step of the kernel.</param>
            /// <param name="dilation">Distance of the kernel's elements.</param>
            /// <param name="padding_mode">What is beyond the edge.</param>
            /// <param name="groups">Into how many independent groups the channels are divided.</param>
            /// <param name="bias">Whether there is a bias.</param>
            /// <param name="device">Where the parameters are.</param>
            /// <param name="dtype">Their element type.</param>
            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, [kernel_size, kernel_size], [stride, stride], null, padding, [dilation, dilation], groups,
                    bias, padding_mode, device, dtype);

            /// <summary>Makes a 2-D convolution.</summary>
            /// <param name="in_channels">Channels of the input.</param>
            /// <param name="out_channels">Channels of the result.</param>
            /// <param name="kernel_size">Size of the kernel.</param>
            /// <param name="stride">Step of the kernel.</param>
            /// <param name="padding">Elements on each side.</param>
            /// <param name="dilation">Distance of the kernel's elements.</param>
            /// <param name="padding_mode">What is beyond the edge.</param>
            /// <param name="groups">Into how many independent groups the channels are divided.</param>
            /// <param name="bias">Whether there is a bias.</param>
            /// <param name="device">Where the parameters are.</param>
            /// <param name="dtype">Their element type.</param>
            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, Pair(kernel_size), Pair(stride ?? (1, 1)), Pair(padding ?? (0, 0)), null,
                    Pair(dilation ?? (1, 1)), groups, bias, padding_mode, device, dtype);

            /// <summary>Makes a 2-D convolution.</summary>
            /// <param name="in_channels">Channels of the input.</param>
            /// <param name="out_channels">Channels of the result.</param>
            /// <param name="kernel_size">Size of the kernel.</param>
            /// <param name="padding">How much padding.</param>
            /// <param name="stride">Step of the kernel.</param>
            /// <param name="dilation">Distance of the kernel's elements.</param>
            /// <param name="padding_mode">What is beyond the edge.</param>
            /// <param name="groups">Into how many independent groups the channels are divided.</param>
            /// <param name="bias">Whether there is a bias.</param>
            /// <param name="device">Where the parameters are.</param>
            /// <param name="dtype">Their element type.</param>
            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, Padding padding, (long, long)? stride = null,
                (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, Pair(kernel_size), Pair(stride ?? (1, 1)), null, padding, Pair(dilation ?? (1, 1)),
                    groups, bias, padding_mode, device, dtype);
        }
    }
}
