namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator s_crossEntropy = new("aten::cross_entropy_loss");
            private static readonly Operator s_negativeLogLikelihood = new("aten::nll_loss_nd");
            private static readonly Operator s_binaryCrossEntropy = new("aten::binary_cross_entropy");
            private static readonly Operator s_binaryCrossEntropyWithLogits = new("aten::binary_cross_entropy_with_logits");
            private static readonly Operator s_meanSquaredError = new("aten::mse_loss");
            private static readonly Operator s_l1 = new("aten::l1_loss");

            /// <summary>Cross entropy between targets and the softmax of logits.</summary>
            /// <param name="input">Logits, of shape [N, C] or [N, C, ..].</param>
            /// <param name="target">Class indices of shape [N] or [N, ..], or probabilities of the input's shape.</param>
            /// <param name="weight">Weight of each class, of shape [C], or null.</param>
            /// <param name="ignore_index">Targets of this class do not count.</param>
            /// <param name="reduction">What is made of the losses of the elements.</param>
            /// <param name="label_smoothing">How much of each target is spread over all classes, in 0..1.</param>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean,
                double label_smoothing = 0) =>
                s_crossEntropy.Call([input, target, weight, (long)reduction, ignore_index, label_smoothing]);

            /// <summary>Negative log likelihood of targets.</summary>
            /// <param name="input">Log probabilities, of shape [N, C] or [N, C, ..].</param>
            /// <param name="target">Class indices, of shape [N] or [N, ..].</param>
            /// <param name="weight">Weight of each class, of shape [C], or null.</param>
            /// <param name="reduction">What is made of the losses of the elements.</param>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                s_negativeLogLikelihood.Call([input, target, weight, (long)reduction]);

            /// <summary>Cross entropy between targets and probabilities of two classes.</summary>
            /// <param name="input">Probabilities, in 0..1.</param>
            /// <param name="target">Targets of the same shape, in 0..1.</param>
            /// <param name="weight">Weight of each element, broadcast to the input, or null.</param>
            /// <param name="reduction">What is made of the losses of the elements.</param>
            public static Tensor binary_cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                s_binaryCrossEntropy.Call([input, target, weight, (long)reduction]);

            /// <summary>Cross entropy between targets and the sigmoid of logits.</summary>
            /// <param name="input">Logits.</param>
            /// <param name="target">Targets of the same shape, in 0..1.</param>
            /// <param name="weight">Weight of each element, broadcast to the input, or null.</param>
            /// <param name="reduction">What is made of the losses of the elements.</param>
            /// <param name="pos_weights">Weight of positive targets, broadcast to the input, or null.</param>
            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                s_binaryCrossEntropyWithLogits.Call([input, target, weight, pos_weights, (long)reduction]);

            /// <summary>Squared differences.</summary>
            /// <param name="input">The predictions.</param>
            /// <param name="target">The targets, of the same shape.</param>
            /// <param name="reduction">What is made of the losses of the elements.</param>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                s_meanSquaredError.Call([input, target, (long)reduction]);

            /// <summary>Absolute differences.</summary>
            /// <param name="input">The predictions.</param>
            /// <param name="target">The targets, of the same shape.</param>
            /// <param name="reduction">What is made of the losses of the elements.</param>
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                s_l1.Call([input, target, (long)reduction]);
        }
    }
}
