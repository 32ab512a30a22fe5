using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>x sigmoid(x).</summary>
    public sealed class SiLU : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal SiLU(bool inplace) : base(nameof(SiLU)) => this.inplace = inplace;

        /// <summary>Whether the input is changed.</summary>
        public bool inplace { get; set; }

        /// <summary>x sigmoid(x).</summary>
        /// <param name="tensor">The input.</param>
        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.silu(tensor, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes the module: x sigmoid(x).</summary>
            public static SiLU SiLU() => new(false);

            /// <summary>Makes the module: x sigmoid(x).</summary>
            /// <param name="inplace">Whether the input is changed.</param>
            public static SiLU SiLU(bool inplace) => new(inplace);
        }
    }
}
