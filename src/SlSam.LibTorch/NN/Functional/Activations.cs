using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Functions on tensors.</summary>
        public static partial class functional
        {
            private static readonly Operator s_relu = new("aten::relu"), s_reluInPlace = new("aten::relu_");
            private static readonly Operator s_relu6 = new("aten::relu6"), s_relu6InPlace = new("aten::relu6_");
            private static readonly Operator s_sigmoid = new("aten::sigmoid"), s_sigmoidInPlace = new("aten::sigmoid_");
            private static readonly Operator s_silu = new("aten::silu"), s_siluInPlace = new("aten::silu_");
            private static readonly Operator s_tanh = new("aten::tanh"), s_tanhInPlace = new("aten::tanh_");
            private static readonly Operator s_gelu = new("aten::gelu"), s_geluInPlace = new("aten::gelu_");
            private static readonly Operator s_leakyRelu = new("aten::leaky_relu"), s_leakyReluInPlace = new("aten::leaky_relu_");
            private static readonly Operator s_elu = new("aten::elu"), s_eluInPlace = new("aten::elu_");
            private static readonly Operator s_softmax = new("aten::softmax", "int"), s_logSoftmax = new("aten::log_softmax", "int");

            /// <summary>Rectifier: max(x, 0).</summary>
            /// <param name="x">The input.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle to it.</param>
            public static Tensor relu(Tensor x, bool inplace = false) =>
                inplace ? s_reluInPlace.CallInPlace(x, [x]).alias() : s_relu.Call([x]);

            /// <summary>Rectifier cut off at 6.</summary>
            /// <param name="x">The input.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle to it.</param>
            public static Tensor relu6(Tensor x, bool inplace = false) =>
                inplace ? s_relu6InPlace.CallInPlace(x, [x]).alias() : s_relu6.Call([x]);

            /// <summary>Logistic sigmoid.</summary>
            /// <param name="x">The input.</param>
            public static Tensor sigmoid(Tensor x) => sigmoid(x, false);

            /// <summary>Logistic sigmoid.</summary>
            /// <param name="x">The input.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle to it.</param>
            public static Tensor sigmoid(Tensor x, bool inplace) =>
                inplace ? s_sigmoidInPlace.CallInPlace(x, [x]).alias() : s_sigmoid.Call([x]);

            /// <summary>x sigmoid(x).</summary>
            /// <param name="x">The input.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle to it.</param>
            public static Tensor silu(Tensor x, bool inplace = false) =>
                inplace ? s_siluInPlace.CallInPlace(x, [x]).alias() : s_silu.Call([x]);

            /// <summary>Hyperbolic tangent.</summary>
            /// <param name="x">The input.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle to it.</param>
            public static Tensor tanh(Tensor x, bool inplace = false) =>
                inplace ? s_tanhInPlace.CallInPlace(x, [x]).alias() : s_tanh.Call([x]);

            /// <summary>x times the standard normal distribution function at x.</summary>
            /// <param name="x">The input.</param>
            public static Tensor gelu(Tensor x) => s_gelu.Call([x]);

            /// <summary>x times the standard normal distribution function at x.</summary>
            /// <param name="x">The input.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle to it.</param>
            public static Tensor gelu(Tensor x, bool inplace) => gelu(x, Modules.GELU.Approximate.none, inplace);

            /// <summary>x times the standard normal distribution function at x, exactly or by hyperbolic tangent.</summary>
            /// <param name="x">The input.</param>
            /// <param name="approximate">Which of the two.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle to it.</param>
            public static Tensor gelu(Tensor x, GELU.Approximate approximate, bool inplace = false)
            {
                var formula = approximate == Modules.GELU.Approximate.tanh ? "tanh" : "none";
                return inplace ? s_geluInPlace.CallInPlace(x, [x, formula]).alias() : s_gelu.Call([x, formula]);
            }

            /// <summary>x where positive, else x times a slope.</summary>
            /// <param name="input">The input.</param>
            /// <param name="negative_slope">The slope.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle to it.</param>
            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace
                    ? s_leakyReluInPlace.CallInPlace(input, [input, negative_slope]).alias()
                    : s_leakyRelu.Call([input, negative_slope]);

            /// <summary>x where positive, else alpha (exp(x) - 1).</summary>
            /// <param name="x">The input.</param>
            /// <param name="alpha">alpha.</param>
            /// <param name="inplace">Whether the input is changed; the result is then another handle to it.</param>
            public static Tensor elu(Tensor x, double alpha, bool inplace = false) =>
                inplace ? s_eluInPlace.CallInPlace(x, [x, alpha]).alias() : s_elu.Call([x, alpha]);

            /// <summary>exp(x) divided by its sum along a dimension.</summary>
            /// <param name="input">The input.</param>
            /// <param name="dim">The dimension.</param>
            /// <param name="dtype">The element type to convert the input to first, or null.</param>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => s_softmax.Call([input, dim, dtype]);

            /// <summary>Logarithm of <see cref="softmax"/>.</summary>
            /// <param name="x">The input.</param>
            /// <param name="dim">The dimension.</param>
            public static Tensor log_softmax(Tensor x, long dim) => s_logSoftmax.Call([x, dim]);
        }
    }
}
