using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Absolute differences.</summary>
    public sealed class L1Loss : Loss<torch.Tensor, torch.Tensor, torch.Tensor>
    {
        /// <summary>Makes the loss.</summary>
        /// <param name="reduction">What is made of the losses of the elements.</param>
        public L1Loss(torch.nn.Reduction reduction = torch.nn.Reduction.Mean) : base(reduction) { }

        /// <summary>Absolute differences.</summary>
        /// <param name="input">The predictions.</param>
        /// <param name="target">The targets.</param>
        public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) =>
            torch.nn.functional.l1_loss(input, target, reduction);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes the loss: absolute differences.</summary>
            /// <param name="reduction">What is made of the losses of the elements.</param>
            public static L1Loss L1Loss(Reduction reduction = Reduction.Mean) => new(reduction);
        }
    }
}
