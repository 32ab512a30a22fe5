using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Rectifier: max(x, 0).</summary>
    public sealed class ReLU : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal ReLU(bool inplace) : base(nameof(ReLU)) => this.inplace = inplace;

        /// <summary>Whether the input is changed.</summary>
        public bool inplace { get; set; }

        /// <summary>Rectifier: max(x, 0).</summary>
        /// <param name="tensor">The input.</param>
        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.relu(tensor, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes the module: max(x, 0).</summary>
            /// <param name="inplace">Whether the input is changed.</param>
            public static ReLU ReLU(bool inplace = false) => new(inplace);
        }
    }
}
