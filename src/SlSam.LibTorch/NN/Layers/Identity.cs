using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>The input, as another handle to it.</summary>
    public sealed class Identity : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal Identity() : base(nameof(Identity)) { }

        /// <summary>The input, as another handle to it.</summary>
        /// <param name="tensor">The input.</param>
        public override torch.Tensor forward(torch.Tensor tensor) => tensor.alias();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes the module: the input, as another handle to it.</summary>
            public static Identity Identity() => new();
        }
    }
}
