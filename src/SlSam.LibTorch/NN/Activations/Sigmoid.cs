using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Logistic sigmoid.</summary>
    public sealed class Sigmoid : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal Sigmoid(bool inplace) : base(nameof(Sigmoid)) => this.inplace = inplace;

        /// <summary>Whether the input is changed.</summary>
        public bool inplace { get; set; }

        /// <summary>Logistic sigmoid.</summary>
        /// <param name="tensor">The input.</param>
        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.sigmoid(tensor, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes the module: logistic sigmoid.</summary>
            public static Sigmoid Sigmoid() => new(false);

            /// <summary>Makes the module: logistic sigmoid.</summary>
            /// <param name="inplace">Whether the input is changed.</param>
            public static Sigmoid Sigmoid(bool inplace) => new(inplace);
        }
    }
}
