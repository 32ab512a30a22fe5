using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Hyperbolic tangent.</summary>
    public sealed class Tanh : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal Tanh(bool inplace) : base(nameof(Tanh)) => this.inplace = inplace;

        /// <summary>Whether the input is changed.</summary>
        public bool inplace { get; set; }

        /// <summary>Hyperbolic tangent.</summary>
        /// <param name="tensor">The input.</param>
        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.tanh(tensor, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes the module: hyperbolic tangent.</summary>
            public static Tanh Tanh() => new(false);

            /// <summary>Makes the module: hyperbolic tangent.</summary>
            /// <param name="inplace">Whether the input is changed.</param>
            public static Tanh Tanh(bool inplace = false) => new(inplace);
        }
    }
}
