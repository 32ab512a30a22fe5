using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>x times the standard normal distribution function at x.</summary>
    public sealed class GELU : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal GELU(Approximate approximate, bool inplace) : base(nameof(GELU)) =>
            (this.approximate, this.inplace) = (approximate, inplace);

        /// <summary>By which formula.</summary>
        public Approximate approximate { get; set; }

        /// <summary>Whether the input is changed.</summary>
        public bool inplace { get; set; }

        /// <summary>By which formula the normal distribution function is computed.</summary>
        public enum Approximate
        {
            /// <summary>Exactly, by the error function.</summary>
            none,

            /// <summary>Approximately, by the hyperbolic tangent.</summary>
            tanh,
        }

        /// <summary>x times the standard normal distribution function at x.</summary>
        /// <param name="tensor">The input.</param>
        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.gelu(tensor, approximate, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes the module: x times the standard normal distribution function at x.</summary>
            public static GELU GELU() => new(Modules.GELU.Approximate.none, false);

            /// <summary>Makes the module: x times the standard normal distribution function at x.</summary>
            /// <param name="inplace">Whether the input is changed.</param>
            public static GELU GELU(bool inplace) => new(Modules.GELU.Approximate.none, inplace);

            /// <summary>Makes the module: x times the standard normal distribution function at x.</summary>
            /// <param name="approximate">By which formula.</param>
            /// <param name="inplace">Whether the input is changed.</param>
            public static GELU GELU(Modules.GELU.Approximate approximate, bool inplace = false) => new(approximate, inplace);
        }
    }
}
