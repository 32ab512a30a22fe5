using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Cross entropy between targets and the sigmoid of logits.</summary>
    public sealed class BCEWithLogitsLoss : WeightedLoss<torch.Tensor, torch.Tensor, torch.Tensor>
    {
        /// <summary>Makes the loss.</summary>
        /// <param name="weight">Weight of each element, or null.</param>
        /// <param name="reduction">What is made of the losses of the elements.</param>
        /// <param name="pos_weights">Weight of positive targets, or null.</param>
        public BCEWithLogitsLoss(
            torch.Tensor? weight = null, torch.nn.Reduction reduction = torch.nn.Reduction.Mean, torch.Tensor? pos_weights = null)
            : base(weight, reduction) =>
            this.pos_weights = pos_weights;

        /// <summary>Weight of positive targets, or null.</summary>
        public torch.Tensor? pos_weights { get; }

        /// <summary>Cross entropy between targets and the sigmoid of logits.</summary>
        /// <param name="input">The predictions.</param>
        /// <param name="target">The targets.</param>
        public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) =>
            torch.nn.functional.binary_cross_entropy_with_logits(input, target, weight, reduction, pos_weights);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes the loss: cross entropy between targets and the sigmoid of logits.</summary>
            /// <param name="weight">Weight of each element, or null.</param>
            /// <param name="reduction">What is made of the losses of the elements.</param>
            /// <param name="pos_weights">Weight of positive targets, or null.</param>
            public static BCEWithLogitsLoss BCEWithLogitsLoss(
                Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                new(weight, reduction, pos_weights);
        }
    }
}
