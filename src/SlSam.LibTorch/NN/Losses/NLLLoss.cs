using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Negative log likelihood of targets.</summary>
    public sealed class NLLLoss : WeightedLoss<torch.Tensor, torch.Tensor, torch.Tensor>
    {
        /// <summary>Makes the loss.</summary>
        /// <param name="weight">Weight of each class, or null.</param>
        /// <param name="reduction">What is made of the losses of the elements.</param>
        public NLLLoss(torch.Tensor? weight = null, torch.nn.Reduction reduction = torch.nn.Reduction.Mean) : base(weight, reduction) { }

        /// <summary>Negative log likelihood of targets.</summary>
        /// <param name="input">The predictions.</param>
        /// <param name="target">The targets.</param>
        public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) =>
            torch.nn.functional.nll_loss(input, target, weight, reduction);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes the loss: negative log likelihood of targets.</summary>
            /// <param name="weight">Weight of each class, or null.</param>
            /// <param name="reduction">What is made of the losses of the elements.</param>
            public static NLLLoss NLLLoss(Tensor? weight = null, Reduction reduction = Reduction.Mean) => new(weight, reduction);
        }
    }
}
