namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_sqrt = new("aten::sqrt");
        private static readonly Operator s_sqrt_ = new("aten::sqrt_");
        private static readonly Operator s_rsqrt = new("aten::rsqrt");
        private static readonly Operator s_rsqrt_ = new("aten::rsqrt_");
        private static readonly Operator s_square = new("aten::square");
        private static readonly Operator s_exp = new("aten::exp");
        private static readonly Operator s_exp_ = new("aten::exp_");
        private static readonly Operator s_exp2 = new("aten::exp2");
        private static readonly Operator s_exp2_ = new("aten::exp2_");
        private static readonly Operator s_expm1 = new("aten::expm1");
        private static readonly Operator s_expm1_ = new("aten::expm1_");
        private static readonly Operator s_log = new("aten::log");
        private static readonly Operator s_log_ = new("aten::log_");
        private static readonly Operator s_log2 = new("aten::log2");
        private static readonly Operator s_log2_ = new("aten::log2_");
        private static readonly Operator s_log10 = new("aten::log10");
        private static readonly Operator s_log10_ = new("aten::log10_");
        private static readonly Operator s_log1p = new("aten::log1p");
        private static readonly Operator s_log1p_ = new("aten::log1p_");
        private static readonly Operator s_reciprocal = new("aten::reciprocal");
        private static readonly Operator s_reciprocal_ = new("aten::reciprocal_");
        private static readonly Operator s_pow_Tensor_Tensor = new("aten::pow", "Tensor_Tensor");
        private static readonly Operator s_pow_Tensor_Scalar = new("aten::pow", "Tensor_Scalar");
        private static readonly Operator s_pow__Tensor = new("aten::pow_", "Tensor");
        private static readonly Operator s_pow__Scalar = new("aten::pow_", "Scalar");
        private static readonly Operator s_float_power_Tensor_Tensor = new("aten::float_power", "Tensor_Tensor");
        private static readonly Operator s_float_power__Tensor = new("aten::float_power_", "Tensor");
        private static readonly Operator s_logaddexp = new("aten::logaddexp");
        private static readonly Operator s_logaddexp2 = new("aten::logaddexp2");
        private static readonly Operator s_xlogy_Tensor = new("aten::xlogy", "Tensor");
        private static readonly Operator s_xlogy_Scalar_Other = new("aten::xlogy", "Scalar_Other");
        private static readonly Operator s_xlogy__Tensor = new("aten::xlogy_", "Tensor");
        private static readonly Operator s_xlogy__Scalar_Other = new("aten::xlogy_", "Scalar_Other");
        private static readonly Operator s_ldexp_Tensor = new("aten::ldexp", "Tensor");
        private static readonly Operator s_ldexp_ = new("aten::ldexp_");

        public Tensor sqrt() => s_sqrt.Call([this]);

        public Tensor sqrt_() => s_sqrt_.CallInPlace(this, [this]);

        public Tensor rsqrt() => s_rsqrt.Call([this]);

        public Tensor rsqrt_() => s_rsqrt_.CallInPlace(this, [this]);

        public Tensor square() => s_square.Call([this]);

        public Tensor exp() => s_exp.Call([this]);

        public Tensor exp_() => s_exp_.CallInPlace(this, [this]);

        public Tensor exp2() => s_exp2.Call([this]);

        public Tensor exp2_() => s_exp2_.CallInPlace(this, [this]);

        public Tensor expm1() => s_expm1.Call([this]);

        public Tensor expm1_() => s_expm1_.CallInPlace(this, [this]);

        public Tensor log() => s_log.Call([this]);

        public Tensor log_() => s_log_.CallInPlace(this, [this]);

        public Tensor log2() => s_log2.Call([this]);

        public Tensor log2_() => s_log2_.CallInPlace(this, [this]);

        public Tensor log10() => s_log10.Call([this]);

        public Tensor log10_() => s_log10_.CallInPlace(this, [this]);

        public Tensor log1p() => s_log1p.Call([this]);

        public Tensor log1p_() => s_log1p_.CallInPlace(this, [this]);

        public Tensor reciprocal() => s_reciprocal.Call([this]);

        public Tensor reciprocal_() => s_reciprocal_.CallInPlace(this, [this]);

        public Tensor pow(Tensor exponent) => s_pow_Tensor_Tensor.Call([this, exponent]);

        public Tensor pow(Scalar exponent) => s_pow_Tensor_Scalar.Call([this, exponent]);

        public Tensor pow_(Tensor exponent) => s_pow__Tensor.CallInPlace(this, [this, exponent]);

        public Tensor pow_(Scalar exponent) => s_pow__Scalar.CallInPlace(this, [this, exponent]);

        public Tensor float_power(Tensor target) => s_float_power_Tensor_Tensor.Call([this, target]);

        public Tensor float_power_(Tensor target) => s_float_power__Tensor.CallInPlace(this, [this, target]);

        public Tensor logaddexp(Tensor other) => s_logaddexp.Call([this, other]);

        public Tensor logaddexp2(Tensor other) => s_logaddexp2.Call([this, other]);

        public Tensor xlogy(Tensor y) => s_xlogy_Tensor.Call([this, y]);

        public Tensor xlogy(Scalar y) => s_xlogy_Scalar_Other.Call([this, y]);

        public Tensor xlogy_(Tensor y) => s_xlogy__Tensor.CallInPlace(this, [this, y]);

        public Tensor xlogy_(Scalar y) => s_xlogy__Scalar_Other.CallInPlace(this, [this, y]);

        public Tensor ldexp(Tensor other) => s_ldexp_Tensor.Call([this, other]);

        public Tensor ldexp_(Tensor other) => s_ldexp_.CallInPlace(this, [this, other]);
    }

    public static Tensor sqrt(Tensor input) => input.sqrt();

    public static Tensor sqrt_(Tensor input) => input.sqrt_();

    public static Tensor rsqrt(Tensor input) => input.rsqrt();

    public static Tensor rsqrt_(Tensor input) => input.rsqrt_();

    public static Tensor square(Tensor input) => input.square();

    public static Tensor exp(Tensor input) => input.exp();

    public static Tensor exp_(Tensor input) => input.exp_();

    public static Tensor exp2(Tensor input) => input.exp2();

    public static Tensor exp2_(Tensor input) => input.exp2_();

    public static Tensor expm1(Tensor input) => input.expm1();

    public static Tensor expm1_(Tensor input) => input.expm1_();

    public static Tensor log(Tensor input) => input.log();

    public static Tensor log_(Tensor input) => input.log_();

    public static Tensor log2(Tensor input) => input.log2();

    public static Tensor log2_(Tensor input) => input.log2_();

    public static Tensor log10(Tensor input) => input.log10();

    public static Tensor log10_(Tensor input) => input.log10_();

    public static Tensor log1p(Tensor input) => input.log1p();

    public static Tensor log1p_(Tensor input) => input.log1p_();

    public static Tensor reciprocal(Tensor input) => input.reciprocal();

    public static Tensor reciprocal_(Tensor input) => input.reciprocal_();

    public static Tensor pow(Tensor left, Tensor exponent) => left.pow(exponent);

    public static Tensor pow(Tensor left, Scalar exponent) => left.pow(exponent);

    public static Tensor pow_(Tensor left, Tensor exponent) => left.pow_(exponent);

    public static Tensor pow_(Tensor left, Scalar exponent) => left.pow_(exponent);

    public static Tensor float_power(Tensor input, Tensor target) => input.float_power(target);

    public static Tensor float_power_(Tensor input, Tensor target) => input.float_power_(target);

    public static Tensor logaddexp(Tensor left, Tensor right) => left.logaddexp(right);

    public static Tensor logaddexp2(Tensor left, Tensor right) => left.logaddexp2(right);

    public static Tensor xlogy(Tensor x, Tensor y) => x.xlogy(y);

    public static Tensor xlogy(Tensor x, Scalar y) => x.xlogy(y);

    public static Tensor xlogy_(Tensor x, Tensor y) => x.xlogy_(y);

    public static Tensor xlogy_(Tensor x, Scalar y) => x.xlogy_(y);

    public static Tensor ldexp(Tensor input, Tensor other) => input.ldexp(other);

    public static Tensor ldexp_(Tensor input, Tensor other) => input.ldexp_(other);
}
