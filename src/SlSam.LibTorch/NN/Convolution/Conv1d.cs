using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>1-D convolution.</summary>
    public sealed class Conv1d : Convolution
    {
        internal Conv1d(
            long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type, long[] dilation,
            long groups, bool bias, PaddingModes padding_mode, torch.Device? device, torch.ScalarType? dtype)
            : base(
                nameof(Conv1d), in_channels, out_channels, kernel_size, stride, padding, padding_type, dilation,
                transposed: false, output_padding: new long[1], groups, bias, padding_mode, device, dtype)
        {
        }

        /// <summary>The input, convolved with the kernels.</summary>
        /// <param name="input">The input, of shape [N, C, L] or [C, L].</param>
        public override torch.Tensor forward(torch.Tensor input) => Convolve(input);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes a 1-D convolution.</summary>
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
            public static Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, [kernel_size], [stride], [padding], null, [dilation], groups, bias, padding_mode, device,
                    dtype);

            /// <summary>Makes a 1-D convolution.</summary>
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
            public static Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, [kernel_size], [stride], null, padding, [dilation], groups, bias, padding_mode, device,
                    dtype);
        }
    }
}
