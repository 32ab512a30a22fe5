using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Means of 2-D windows that give a result of a wanted size.</summary>
    public sealed class AdaptiveAvgPool2d : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal AdaptiveAvgPool2d(long[] output_size) : base(nameof(AdaptiveAvgPool2d)) => this.output_size = output_size;

        /// <summary>Height and width of the result.</summary>
        public long[] output_size { get; set; }

        /// <summary>The means of windows that give a result of the wanted size.</summary>
        /// <param name="input">The input, of shape [N, C, H, W] or [C, H, W].</param>
        public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.adaptive_avg_pool2d(input, output_size);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes a module that takes means of 2-D windows.</summary>
            /// <param name="output_size">Height and width of the result.</param>
            public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long output_size) => new(Pair(output_size));

            /// <summary>Makes a module that takes means of 2-D windows.</summary>
            /// <param name="output_size">Height and width of the result.</param>
            public static AdaptiveAvgPool2d AdaptiveAvgPool2d((long, long) output_size) => new(Pair(output_size));

            /// <summary>Makes a module that takes means of 2-D windows.</summary>
            /// <param name="output_size">Height and width of the result.</param>
            public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long[] output_size) => new(output_size);
        }
    }
}
