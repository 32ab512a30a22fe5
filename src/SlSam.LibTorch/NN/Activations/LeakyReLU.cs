using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>x where positive, else x times a slope.</summary>
    public sealed class LeakyReLU : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal LeakyReLU(double negative_slope, bool inplace) : base(nameof(LeakyReLU)) =>
            (this.negative_slope, this.inplace) = (negative_slope, inplace);

        /// <summary>The slope.</summary>
        public double negative_slope { get; set; }

        /// <summary>Whether the input is changed.</summary>
        public bool inplace { get; set; }

        /// <summary>x where positive, else x times a slope.</summary>
        /// <param name="tensor">The input.</param>
        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.leaky_relu(tensor, negative_slope, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes the module: x where positive, else x times a slope.</summary>
            /// <param name="negative_slope">The slope.</param>
            /// <param name="inplace">Whether the input is changed.</param>
            public static LeakyReLU LeakyReLU(double negative_slope = 0.01, bool inplace = false) => new(negative_slope, inplace);
        }
    }
}
