namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_relu = new("aten::relu");
        private static readonly Operator s_relu_ = new("aten::relu_");
        private static readonly Operator s_relu6 = new("aten::relu6");
        private static readonly Operator s_relu6_ = new("aten::relu6_");
        private static readonly Operator s_selu = new("aten::selu");
        private static readonly Operator s_selu_ = new("aten::selu_");
        private static readonly Operator s_silu = new("aten::silu");
        private static readonly Operator s_silu_ = new("aten::silu_");
        private static readonly Operator s_hardswish = new("aten::hardswish");
        private static readonly Operator s_hardswish_ = new("aten::hardswish_");
        private static readonly Operator s_hardsigmoid = new("aten::hardsigmoid");
        private static readonly Operator s_hardsigmoid_ = new("aten::hardsigmoid_");
        private static readonly Operator s_log_sigmoid = new("aten::log_sigmoid");
        private static readonly Operator s_gelu = new("aten::gelu");
        private static readonly Operator s_gelu_ = new("aten::gelu_");
        private static readonly Operator s_celu_ = new("aten::celu_");
        private static readonly Operator s_elu = new("aten::elu");
        private static readonly Operator s_elu_ = new("aten::elu_");
        private static readonly Operator s_softplus = new("aten::softplus");
        private static readonly Operator s_leaky_relu = new("aten::leaky_relu");
        private static readonly Operator s_leaky_relu_ = new("aten::leaky_relu_");
        private static readonly Operator s_celu = new("aten::celu");
        private static readonly Operator s_hardtanh = new("aten::hardtanh");
        private static readonly Operator s_hardtanh_ = new("aten::hardtanh_");
        private static readonly Operator s_glu = new("aten::glu");
        private static readonly Operator s_prelu = new("aten::prelu");

        public Tensor relu() => s_relu.Call([this]);

        public Tensor relu_() => s_relu_.CallInPlace(this, [this]);

        public Tensor relu6() => s_relu6.Call([this]);

        public Tensor relu6_() => s_relu6_.CallInPlace(this, [this]);

        public Tensor selu() => s_selu.Call([this]);

        public Tensor selu_() => s_selu_.CallInPlace(this, [this]);

        public Tensor silu() => s_silu.Call([this]);

        public Tensor silu_() => s_silu_.CallInPlace(this, [this]);

        public Tensor hardswish() => s_hardswish.Call([this]);

        public Tensor hardswish_() => s_hardswish_.CallInPlace(this, [this]);

        public Tensor hardsigmoid() => s_hardsigmoid.Call([this]);

        public Tensor hardsigmoid_() => s_hardsigmoid_.CallInPlace(this, [this]);

        public Tensor log_sigmoid() => s_log_sigmoid.Call([this]);

        public Tensor gelu() => s_gelu.Call([this]);

        public Tensor gelu_() => s_gelu_.CallInPlace(this, [this]);

        public Tensor gelu(Modules.GELU.Approximate approximate) => s_gelu.Call([this, approximate.ToString()]);

        public Tensor gelu_(Modules.GELU.Approximate approximate) => s_gelu_.CallInPlace(this, [this, approximate.ToString()]);

        public Tensor celu_() => s_celu_.CallInPlace(this, [this]);

        public Tensor celu_(Scalar alpha) => s_celu_.CallInPlace(this, [this, alpha]);

        public Tensor elu(Scalar alpha, Scalar scale, Scalar input_scale) => s_elu.Call([this, alpha, scale, input_scale]);

        public Tensor elu_(Scalar alpha, Scalar scale, Scalar input_scale) => s_elu_.CallInPlace(this, [this, alpha, scale, input_scale]);

        public Tensor softplus(double beta = 1, double threshold = 20) => s_softplus.Call([this, beta, threshold]);

        public Tensor leaky_relu(Scalar negative_slope) => s_leaky_relu.Call([this, negative_slope]);

        public Tensor leaky_relu_(Scalar negative_slope) => s_leaky_relu_.CallInPlace(this, [this, negative_slope]);

        public Tensor elu(double alpha = 1) => s_elu.Call([this, alpha]);

        public Tensor elu_(double alpha = 1) => s_elu_.CallInPlace(this, [this, alpha]);

        public Tensor celu() => s_celu.Call([this]);

        public Tensor celu(Scalar alpha) => s_celu.Call([this, alpha]);

        public Tensor hardtanh(Scalar min, Scalar max) => s_hardtanh.Call([this, min, max]);

        public Tensor hardtanh_(Scalar min, Scalar max) => s_hardtanh_.CallInPlace(this, [this, min, max]);

        public Tensor glu(long dim = -1) => s_glu.Call([this, dim]);

        public Tensor prelu(Tensor target) => s_prelu.Call([this, target]);
    }
}
