using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Cross entropy between targets and the softmax of logits.</summary>
    public sealed class CrossEntropyLoss : WeightedLoss<torch.Tensor, torch.Tensor, torch.Tensor>
    {
        /// <summary>Makes the loss.</summary>
        /// <param name="weight">Weight of each class, or null.</param>
        /// <param name="ignore_index">Targets of this class do not count, or null.</param>
        /// <param name="reduction">What is made of the losses of the elements.</param>
        /// <param name="label_smoothing">How much of each target is spread over all classes, in 0..1.</param>
        public CrossEntropyLoss(
            torch.Tensor? weight = null, long? ignore_index = null, torch.nn.Reduction reduction = torch.nn.Reduction.Mean,
            double label_smoothing = 0)
            : base(weight, reduction) =>
            (this.ignore_index, this.label_smoothing) = (ignore_index, label_smoothing);

        /// <summary>Targets of this class do not count, or null.</summary>
        public long? ignore_index { get; }

        /// <summary>How much of each target is spread over all classes.</summary>
        public double label_smoothing { get; }

        /// <summary>Cross entropy between targets and the softmax of logits.</summary>
        /// <param name="input">The predictions.</param>
        /// <param name="target">The targets.</param>
        public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) =>
            torch.nn.functional.cross_entropy(input, target, weight, ignore_index ?? -100, reduction, label_smoothing);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes the loss: cross entropy between targets and the softmax of logits.</summary>
            /// <param name="weight">Weight of each class, or null.</param>
            /// <param name="ignore_index">Targets of this class do not count, or null.</param>
            /// <param name="reduction">What is made of the losses of the elements.</param>
            public static CrossEntropyLoss CrossEntropyLoss(
                Tensor? weight = null, long? ignore_index = null, Reduction reduction = Reduction.Mean) =>
                new(weight, ignore_index, reduction);
        }
    }
}
