namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator s_layerNorm = new("aten::layer_norm");
            private static readonly Operator s_batchNorm = new("aten::batch_norm");
            private static readonly Operator s_instanceNorm = new("aten::instance_norm");
            private static readonly Operator s_groupNorm = new("aten::group_norm");
            private static readonly Operator s_vectorNorm = new("aten::norm", "ScalarOpt_dim");
            private static readonly Operator s_clampMin = new("aten::clamp_min");
            private static readonly Operator s_divide = new("aten::div", "Tensor");

            /// <summary>(x - mean) / sqrt(variance + eps) over the last dimensions, times a weight, plus a bias.</summary>
            /// <param name="input">x, of shape [.., normalized_shape].</param>
            /// <param name="normalized_shape">The sizes of the last dimensions.</param>
            /// <param name="weight">The weight, of that shape, or null.</param>
            /// <param name="bias">The bias, of that shape, or null.</param>
            /// <param name="eps">eps.</param>
            public static Tensor layer_norm(
                Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1E-05) =>
                s_layerNorm.Call([input, normalized_shape, weight, bias, eps]);

            /// <summary>(x - mean) / sqrt(variance + eps) for each channel, times a weight, plus a bias.</summary>
            /// <param name="input">x, of shape [N, C, ..].</param>
            /// <param name="running_mean">Mean of each channel, moved towards that of the batch in training; or null.</param>
            /// <param name="running_var">Variance of each channel, moved towards that of the batch in training; or null.</param>
            /// <param name="weight">The weight, of shape [C], or null.</param>
            /// <param name="bias">The bias, of shape [C], or null.</param>
            /// <param name="training">Whether mean and variance are those of the batch.</param>
            /// <param name="momentum">How far the running statistics are moved, in 0..1.</param>
            /// <param name="eps">eps.</param>
            public static Tensor batch_norm(
                Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null,
                bool training = false, double momentum = 0.1, double eps = 1E-05) =>
                s_batchNorm.Call([input, weight, bias, running_mean, running_var, training, momentum, eps, true]);

            /// <summary>(x - mean) / sqrt(variance + eps) for each channel of each example, times a weight, plus a bias.</summary>
            /// <param name="input">x, of shape [N, C, ..].</param>
            /// <param name="running_mean">Mean of each channel, or null.</param>
            /// <param name="running_var">Variance of each channel, or null.</param>
            /// <param name="weight">The weight, of shape [C], or null.</param>
            /// <param name="bias">The bias, of shape [C], or null.</param>
            /// <param name="use_input_stats">Whether mean and variance are those of the example.</param>
            /// <param name="momentum">How far the running statistics are moved, in 0..1.</param>
            /// <param name="eps">eps.</param>
            public static Tensor instance_norm(
                Tensor input, Tensor? running_mean = null, Tensor? running_var = null, Tensor? weight = null, Tensor? bias = null,
                bool use_input_stats = true, double momentum = 0.1, double eps = 1E-05) =>
                s_instanceNorm.Call([input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, true]);

            /// <summary>
            /// (x - mean) / sqrt(variance + eps) for each group of channels of each example, times a weight, plus a bias.
            /// </summary>
            /// <param name="input">x, of shape [N, C, ..].</param>
            /// <param name="num_groups">How many groups; C is a multiple of it.</param>
            /// <param name="weight">The weight, of shape [C], or null.</param>
            /// <param name="bias">The bias, of shape [C], or null.</param>
            /// <param name="eps">eps.</param>
            public static Tensor group_norm(
                Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1E-05) =>
                s_groupNorm.Call([input, num_groups, weight, bias, eps]);

            /// <summary>x divided by its p-norm along a dimension.</summary>
            /// <param name="input">x.</param>
            /// <param name="p">p.</param>
            /// <param name="dim">The dimension.</param>
            /// <param name="eps">The least norm to divide by.</param>
            public static Tensor normalize(Tensor input, double p = 2, long dim = 1, double eps = 1E-12)
            {
                using var norm = s_vectorNorm.Call([input, p, new[] { dim }, true]);
                using var divisor = s_clampMin.Call([norm, eps]);
                return s_divide.Call([input, divisor]);
            }
        }
    }
}
