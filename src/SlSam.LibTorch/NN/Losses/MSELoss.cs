using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Squared differences.</summary>
    public sealed class MSELoss : Loss<torch.Tensor, torch.Tensor, torch.Tensor>
    {
        /// <summary>Makes the loss.</summary>
        /// <param name="reduction">What is made of the losses of the elements.</param>
        public MSELoss(torch.nn.Reduction reduction = torch.nn.Reduction.Mean) : base(reduction) { }

        /// <summary>Squared differences.</summary>
        /// <param name="input">The predictions.</param>
        /// <param name="target">The targets.</param>
        public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) =>
            torch.nn.functional.mse_loss(input, target, reduction);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes the loss: squared differences.</summary>
            /// <param name="reduction">What is made of the losses of the elements.</param>
            public static MSELoss MSELoss(Reduction reduction = Reduction.Mean) => new(reduction);
        }
    }
}
