using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>A tensor that a module learns.</summary>
    public class Parameter : torch.Tensor
    {
        /// <summary>Makes a tensor a parameter; the parameter takes the tensor over, which is not to be used any more.</summary>
        /// <param name="data">The tensor.</param>
        /// <param name="requires_grad">Whether gradients are computed for it.</param>
        public Parameter(torch.Tensor data, bool requires_grad = true) : this(data, requires_grad, data.OwningDisposeScope)
        {
        }

        private Parameter(torch.Tensor data, bool requires_grad, DisposeScope? scope)
            : base(data.with_requires_grad(requires_grad).DecoupleFromNativeHandle(), register: false) => scope?.Link(this);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes a tensor a parameter; the parameter takes the tensor over, which is not to be used any more.</summary>
            /// <param name="data">The tensor.</param>
            /// <param name="requires_grad">Whether gradients are computed for it.</param>
            public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
