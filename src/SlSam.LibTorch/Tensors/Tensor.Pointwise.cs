namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_abs = new("aten::abs");
        private static readonly Operator s_abs_ = new("aten::abs_");
        private static readonly Operator s_absolute = new("aten::absolute");
        private static readonly Operator s_absolute_ = new("aten::absolute_");
        private static readonly Operator s_neg = new("aten::neg");
        private static readonly Operator s_neg_ = new("aten::neg_");
        private static readonly Operator s_negative = new("aten::negative");
        private static readonly Operator s_positive = new("aten::positive");
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
        private static readonly Operator s_sin = new("aten::sin");
        private static readonly Operator s_sin_ = new("aten::sin_");
        private static readonly Operator s_cos = new("aten::cos");
        private static readonly Operator s_cos_ = new("aten::cos_");
        private static readonly Operator s_tan = new("aten::tan");
        private static readonly Operator s_tan_ = new("aten::tan_");
        private static readonly Operator s_asin = new("aten::asin");
        private static readonly Operator s_asin_ = new("aten::asin_");
        private static readonly Operator s_acos = new("aten::acos");
        private static readonly Operator s_acos_ = new("aten::acos_");
        private static readonly Operator s_atan = new("aten::atan");
        private static readonly Operator s_atan_ = new("aten::atan_");
        private static readonly Operator s_arcsin = new("aten::arcsin");
        private static readonly Operator s_arcsin_ = new("aten::arcsin_");
        private static readonly Operator s_arccos = new("aten::arccos");
        private static readonly Operator s_arccos_ = new("aten::arccos_");
        private static readonly Operator s_arctan = new("aten::arctan");
        private static readonly Operator s_arctan_ = new("aten::arctan_");
        private static readonly Operator s_sinh = new("aten::sinh");
        private static readonly Operator s_sinh_ = new("aten::sinh_");
        private static readonly Operator s_cosh = new("aten::cosh");
        private static readonly Operator s_cosh_ = new("aten::cosh_");
        private static readonly Operator s_tanh = new("aten::tanh");
        private static readonly Operator s_tanh_ = new("aten::tanh_");
        private static readonly Operator s_asinh = new("aten::asinh");
        private static readonly Operator s_asinh_ = new("aten::asinh_");
        private static readonly Operator s_acosh = new("aten::acosh");
        private static readonly Operator s_acosh_ = new("aten::acosh_");
        private static readonly Operator s_atanh = new("aten::atanh");
        private static readonly Operator s_atanh_ = new("aten::atanh_");
        private static readonly Operator s_sigmoid = new("aten::sigmoid");
        private static readonly Operator s_sigmoid_ = new("aten::sigmoid_");
        private static readonly Operator s_floor = new("aten::floor");
        private static readonly Operator s_floor_ = new("aten::floor_");
        private static readonly Operator s_ceil = new("aten::ceil");
        private static readonly Operator s_ceil_ = new("aten::ceil_");
        private static readonly Operator s_trunc = new("aten::trunc");
        private static readonly Operator s_trunc_ = new("aten::trunc_");
        private static readonly Operator s_fix = new("aten::fix");
        private static readonly Operator s_fix_ = new("aten::fix_");
        private static readonly Operator s_frac = new("aten::frac");
        private static readonly Operator s_frac_ = new("aten::frac_");
        private static readonly Operator s_sign = new("aten::sign");
        private static readonly Operator s_sign_ = new("aten::sign_");
        private static readonly Operator s_sgn = new("aten::sgn");
        private static readonly Operator s_sgn_ = new("aten::sgn_");
        private static readonly Operator s_reciprocal = new("aten::reciprocal");
        private static readonly Operator s_reciprocal_ = new("aten::reciprocal_");
        private static readonly Operator s_erf = new("aten::erf");
        private static readonly Operator s_erf_ = new("aten::erf_");
        private static readonly Operator s_erfc = new("aten::erfc");
        private static readonly Operator s_erfc_ = new("aten::erfc_");
        private static readonly Operator s_erfinv = new("aten::erfinv");
        private static readonly Operator s_erfinv_ = new("aten::erfinv_");
        private static readonly Operator s_digamma = new("aten::digamma");
        private static readonly Operator s_digamma_ = new("aten::digamma_");
        private static readonly Operator s_lgamma = new("aten::lgamma");
        private static readonly Operator s_lgamma_ = new("aten::lgamma_");
        private static readonly Operator s_logical_not = new("aten::logical_not");
        private static readonly Operator s_logical_not_ = new("aten::logical_not_");
        private static readonly Operator s_bitwise_not = new("aten::bitwise_not");
        private static readonly Operator s_bitwise_not_ = new("aten::bitwise_not_");
        private static readonly Operator s_isfinite = new("aten::isfinite");
        private static readonly Operator s_isinf = new("aten::isinf");
        private static readonly Operator s_isnan = new("aten::isnan");
        private static readonly Operator s_isposinf = new("aten::isposinf");
        private static readonly Operator s_isneginf = new("aten::isneginf");
        private static readonly Operator s_isreal = new("aten::isreal");
        private static readonly Operator s_signbit = new("aten::signbit");
        private static readonly Operator s_sinc = new("aten::sinc");
        private static readonly Operator s_sinc_ = new("aten::sinc_");
        private static readonly Operator s_deg2rad = new("aten::deg2rad");
        private static readonly Operator s_deg2rad_ = new("aten::deg2rad_");
        private static readonly Operator s_rad2deg = new("aten::rad2deg");
        private static readonly Operator s_rad2deg_ = new("aten::rad2deg_");
        private static readonly Operator s_round_decimals = new("aten::round", "decimals");
        private static readonly Operator s_round__decimals = new("aten::round_", "decimals");
        private static readonly Operator s_clamp = new("aten::clamp");
        private static readonly Operator s_clamp_ = new("aten::clamp_");
        private static readonly Operator s_clamp_Tensor = new("aten::clamp", "Tensor");
        private static readonly Operator s_clamp__Tensor = new("aten::clamp_", "Tensor");
        private static readonly Operator s_clamp_min = new("aten::clamp_min");
        private static readonly Operator s_clamp_min_ = new("aten::clamp_min_");
        private static readonly Operator s_clamp_max = new("aten::clamp_max");
        private static readonly Operator s_clamp_max_ = new("aten::clamp_max_");
        private static readonly Operator s_clip = new("aten::clip");
        private static readonly Operator s_nan_to_num = new("aten::nan_to_num");
        private static readonly Operator s_nan_to_num_ = new("aten::nan_to_num_");
        private static readonly Operator s_logit = new("aten::logit");
        private static readonly Operator s_logit_ = new("aten::logit_");
        private static readonly Operator s_threshold = new("aten::threshold");
        private static readonly Operator s_threshold_ = new("aten::threshold_");
        private static readonly Operator s_lerp_Tensor = new("aten::lerp", "Tensor");
        private static readonly Operator s_lerp__Tensor = new("aten::lerp_", "Tensor");
        private static readonly Operator s_where_self = new("aten::where", "self");
        private static readonly Operator s_masked_fill_Scalar = new("aten::masked_fill", "Scalar");
        private static readonly Operator s_masked_fill__Scalar = new("aten::masked_fill_", "Scalar");

        public Tensor abs() => s_abs.Call([this]);

        public Tensor abs_() => s_abs_.CallInPlace(this, [this]);

        public Tensor absolute() => s_absolute.Call([this]);

        public Tensor absolute_() => s_absolute_.CallInPlace(this, [this]);

        public Tensor neg() => s_neg.Call([this]);

        public Tensor neg_() => s_neg_.CallInPlace(this, [this]);

        public Tensor negative() => s_negative.Call([this]);

        public Tensor positive() => s_positive.Call([this]);

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

        public Tensor sin() => s_sin.Call([this]);

        public Tensor sin_() => s_sin_.CallInPlace(this, [this]);

        public Tensor cos() => s_cos.Call([this]);

        public Tensor cos_() => s_cos_.CallInPlace(this, [this]);

        public Tensor tan() => s_tan.Call([this]);

        public Tensor tan_() => s_tan_.CallInPlace(this, [this]);

        public Tensor asin() => s_asin.Call([this]);

        public Tensor asin_() => s_asin_.CallInPlace(this, [this]);

        public Tensor acos() => s_acos.Call([this]);

        public Tensor acos_() => s_acos_.CallInPlace(this, [this]);

        public Tensor atan() => s_atan.Call([this]);

        public Tensor atan_() => s_atan_.CallInPlace(this, [this]);

        public Tensor arcsin() => s_arcsin.Call([this]);

        public Tensor arcsin_() => s_arcsin_.CallInPlace(this, [this]);

        public Tensor arccos() => s_arccos.Call([this]);

        public Tensor arccos_() => s_arccos_.CallInPlace(this, [this]);

        public Tensor arctan() => s_arctan.Call([this]);

        public Tensor arctan_() => s_arctan_.CallInPlace(this, [this]);

        public Tensor sinh() => s_sinh.Call([this]);

        public Tensor sinh_() => s_sinh_.CallInPlace(this, [this]);

        public Tensor cosh() => s_cosh.Call([this]);

        public Tensor cosh_() => s_cosh_.CallInPlace(this, [this]);

        public Tensor tanh() => s_tanh.Call([this]);

        public Tensor tanh_() => s_tanh_.CallInPlace(this, [this]);

        public Tensor asinh() => s_asinh.Call([this]);

        public Tensor asinh_() => s_asinh_.CallInPlace(this, [this]);

        public Tensor acosh() => s_acosh.Call([this]);

        public Tensor acosh_() => s_acosh_.CallInPlace(this, [this]);

        public Tensor atanh() => s_atanh.Call([this]);

        public Tensor atanh_() => s_atanh_.CallInPlace(this, [this]);

        public Tensor sigmoid() => s_sigmoid.Call([this]);

        public Tensor sigmoid_() => s_sigmoid_.CallInPlace(this, [this]);

        public Tensor floor() => s_floor.Call([this]);

        public Tensor floor_() => s_floor_.CallInPlace(this, [this]);

        public Tensor ceil() => s_ceil.Call([this]);

        public Tensor ceil_() => s_ceil_.CallInPlace(this, [this]);

        public Tensor trunc() => s_trunc.Call([this]);

        public Tensor trunc_() => s_trunc_.CallInPlace(this, [this]);

        public Tensor fix() => s_fix.Call([this]);

        public Tensor fix_() => s_fix_.CallInPlace(this, [this]);

        public Tensor frac() => s_frac.Call([this]);

        public Tensor frac_() => s_frac_.CallInPlace(this, [this]);

        public Tensor sign() => s_sign.Call([this]);

        public Tensor sign_() => s_sign_.CallInPlace(this, [this]);

        public Tensor sgn() => s_sgn.Call([this]);

        public Tensor sgn_() => s_sgn_.CallInPlace(this, [this]);

        public Tensor reciprocal() => s_reciprocal.Call([this]);

        public Tensor reciprocal_() => s_reciprocal_.CallInPlace(this, [this]);

        public Tensor erf() => s_erf.Call([this]);

        public Tensor erf_() => s_erf_.CallInPlace(this, [this]);

        public Tensor erfc() => s_erfc.Call([this]);

        public Tensor erfc_() => s_erfc_.CallInPlace(this, [this]);

        public Tensor erfinv() => s_erfinv.Call([this]);

        public Tensor erfinv_() => s_erfinv_.CallInPlace(this, [this]);

        public Tensor digamma() => s_digamma.Call([this]);

        public Tensor digamma_() => s_digamma_.CallInPlace(this, [this]);

        public Tensor lgamma() => s_lgamma.Call([this]);

        public Tensor lgamma_() => s_lgamma_.CallInPlace(this, [this]);

        public Tensor logical_not() => s_logical_not.Call([this]);

        public Tensor logical_not_() => s_logical_not_.CallInPlace(this, [this]);

        public Tensor bitwise_not() => s_bitwise_not.Call([this]);

        public Tensor bitwise_not_() => s_bitwise_not_.CallInPlace(this, [this]);

        public Tensor isfinite() => s_isfinite.Call([this]);

        public Tensor isinf() => s_isinf.Call([this]);

        public Tensor isnan() => s_isnan.Call([this]);

        public Tensor isposinf() => s_isposinf.Call([this]);

        public Tensor isneginf() => s_isneginf.Call([this]);

        public Tensor isreal() => s_isreal.Call([this]);

        public Tensor signbit() => s_signbit.Call([this]);

        public Tensor sinc() => s_sinc.Call([this]);

        public Tensor sinc_() => s_sinc_.CallInPlace(this, [this]);

        public Tensor deg2rad() => s_deg2rad.Call([this]);

        public Tensor deg2rad_() => s_deg2rad_.CallInPlace(this, [this]);

        public Tensor rad2deg() => s_rad2deg.Call([this]);

        public Tensor rad2deg_() => s_rad2deg_.CallInPlace(this, [this]);

        public Tensor round(long decimals = 0) => s_round_decimals.Call([this, decimals]);

        public Tensor round_(long decimals = 0) => s_round__decimals.CallInPlace(this, [this, decimals]);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => s_clamp.Call([this, min, max]);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => s_clamp_.CallInPlace(this, [this, min, max]);

        public Tensor clamp(Tensor? min = null, Tensor? max = null) => s_clamp_Tensor.Call([this, min, max]);

        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => s_clamp__Tensor.CallInPlace(this, [this, min, max]);

        public Tensor clamp_min(Scalar min) => s_clamp_min.Call([this, min]);

        public Tensor clamp_min_(Scalar min) => s_clamp_min_.CallInPlace(this, [this, min]);

        public Tensor clamp_max(Scalar max) => s_clamp_max.Call([this, max]);

        public Tensor clamp_max_(Scalar max) => s_clamp_max_.CallInPlace(this, [this, max]);

        public Tensor clip(Scalar? min = null, Scalar? max = null) => s_clip.Call([this, min, max]);

        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) => s_nan_to_num.Call([this, nan, posinf, neginf]);

        public Tensor nan_to_num_(double nan = 0, double? posinf = null, double? neginf = null) => s_nan_to_num_.CallInPlace(this, [this, nan, posinf, neginf]);

        public Tensor logit(double? eps = null) => s_logit.Call([this, eps]);

        public Tensor logit_(double? eps = null) => s_logit_.CallInPlace(this, [this, eps]);

        public Tensor threshold(Scalar threshold, Scalar value) => s_threshold.Call([this, threshold, value]);

        public Tensor threshold_(Scalar threshold, Scalar value) => s_threshold_.CallInPlace(this, [this, threshold, value]);

        public Tensor lerp(Tensor end, Tensor weight) => s_lerp_Tensor.Call([this, end, weight]);

        public Tensor lerp_(Tensor end, Tensor weight) => s_lerp__Tensor.CallInPlace(this, [this, end, weight]);

        public Tensor where(Tensor condition, Tensor y) => s_where_self.Call([condition, this, y]);

        public Tensor masked_fill(Tensor mask, Scalar value) => s_masked_fill_Scalar.Call([this, mask, value]);

        public Tensor masked_fill_(Tensor mask, Scalar value) => s_masked_fill__Scalar.CallInPlace(this, [this, mask, value]);
    }

    public static Tensor abs(Tensor input) => input.abs();

    public static Tensor abs_(Tensor input) => input.abs_();

    public static Tensor absolute(Tensor input) => input.absolute();

    public static Tensor absolute_(Tensor input) => input.absolute_();

    public static Tensor neg(Tensor input) => input.neg();

    public static Tensor neg_(Tensor input) => input.neg_();

    public static Tensor negative(Tensor input) => input.negative();

    public static Tensor positive(Tensor input) => input.positive();

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

    public static Tensor sin(Tensor input) => input.sin();

    public static Tensor sin_(Tensor input) => input.sin_();

    public static Tensor cos(Tensor input) => input.cos();

    public static Tensor cos_(Tensor input) => input.cos_();

    public static Tensor tan(Tensor input) => input.tan();

    public static Tensor tan_(Tensor input) => input.tan_();

    public static Tensor asin(Tensor input) => input.asin();

    public static Tensor asin_(Tensor input) => input.asin_();

    public static Tensor acos(Tensor input) => input.acos();

    public static Tensor acos_(Tensor input) => input.acos_();

    public static Tensor atan(Tensor input) => input.atan();

    public static Tensor atan_(Tensor input) => input.atan_();

    public static Tensor arcsin(Tensor input) => input.arcsin();

    public static Tensor arcsin_(Tensor input) => input.arcsin_();

    public static Tensor arccos(Tensor input) => input.arccos();

    public static Tensor arccos_(Tensor input) => input.arccos_();

    public static Tensor arctan(Tensor input) => input.arctan();

    public static Tensor arctan_(Tensor input) => input.arctan_();

    public static Tensor sinh(Tensor input) => input.sinh();

    public static Tensor sinh_(Tensor input) => input.sinh_();

    public static Tensor cosh(Tensor input) => input.cosh();

    public static Tensor cosh_(Tensor input) => input.cosh_();

    public static Tensor tanh(Tensor input) => input.tanh();

    public static Tensor tanh_(Tensor input) => input.tanh_();

    public static Tensor asinh(Tensor input) => input.asinh();

    public static Tensor asinh_(Tensor input) => input.asinh_();

    public static Tensor acosh(Tensor input) => input.acosh();

    public static Tensor acosh_(Tensor input) => input.acosh_();

    public static Tensor atanh(Tensor input) => input.atanh();

    public static Tensor atanh_(Tensor input) => input.atanh_();

    public static Tensor sigmoid(Tensor input) => input.sigmoid();

    public static Tensor sigmoid_(Tensor input) => input.sigmoid_();

    public static Tensor floor(Tensor input) => input.floor();

    public static Tensor floor_(Tensor input) => input.floor_();

    public static Tensor ceil(Tensor input) => input.ceil();

    public static Tensor ceil_(Tensor input) => input.ceil_();

    public static Tensor trunc(Tensor input) => input.trunc();

    public static Tensor trunc_(Tensor input) => input.trunc_();

    public static Tensor fix(Tensor input) => input.fix();

    public static Tensor fix_(Tensor input) => input.fix_();

    public static Tensor frac(Tensor input) => input.frac();

    public static Tensor frac_(Tensor input) => input.frac_();

    public static Tensor sign(Tensor input) => input.sign();

    public static Tensor sign_(Tensor input) => input.sign_();

    public static Tensor sgn(Tensor input) => input.sgn();

    public static Tensor sgn_(Tensor input) => input.sgn_();

    public static Tensor reciprocal(Tensor input) => input.reciprocal();

    public static Tensor reciprocal_(Tensor input) => input.reciprocal_();

    public static Tensor erf(Tensor input) => input.erf();

    public static Tensor erf_(Tensor input) => input.erf_();

    public static Tensor erfc(Tensor input) => input.erfc();

    public static Tensor erfc_(Tensor input) => input.erfc_();

    public static Tensor erfinv(Tensor input) => input.erfinv();

    public static Tensor erfinv_(Tensor input) => input.erfinv_();

    public static Tensor digamma(Tensor input) => input.digamma();

    public static Tensor digamma_(Tensor input) => input.digamma_();

    public static Tensor lgamma(Tensor input) => input.lgamma();

    public static Tensor lgamma_(Tensor input) => input.lgamma_();

    public static Tensor logical_not(Tensor input) => input.logical_not();

    public static Tensor bitwise_not(Tensor input) => input.bitwise_not();

    public static Tensor bitwise_not_(Tensor input) => input.bitwise_not_();

    public static Tensor isfinite(Tensor tensor) => tensor.isfinite();

    public static Tensor isinf(Tensor tensor) => tensor.isinf();

    public static Tensor isnan(Tensor input) => input.isnan();

    public static Tensor isposinf(Tensor tensor) => tensor.isposinf();

    public static Tensor isneginf(Tensor tensor) => tensor.isneginf();

    public static Tensor isreal(Tensor tensor) => tensor.isreal();

    public static Tensor signbit(Tensor input) => input.signbit();

    public static Tensor sinc(Tensor input) => input.sinc();

    public static Tensor sinc_(Tensor input) => input.sinc_();

    public static Tensor deg2rad(Tensor input) => input.deg2rad();

    public static Tensor deg2rad_(Tensor input) => input.deg2rad_();

    public static Tensor rad2deg(Tensor input) => input.rad2deg();

    public static Tensor rad2deg_(Tensor input) => input.rad2deg_();

    public static Tensor round(Tensor input, long decimals = 0) => input.round(decimals);

    public static Tensor round_(Tensor input, long decimals = 0) => input.round_(decimals);

    public static Tensor clamp(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);

    public static Tensor clamp_(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp_(min, max);

    public static Tensor clamp(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp(min, max);

    public static Tensor clamp_(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp_(min, max);

    public static Tensor clamp_min(Tensor input, Scalar min) => input.clamp_min(min);

    public static Tensor clamp_min_(Tensor input, Scalar min) => input.clamp_min_(min);

    public static Tensor clamp_max(Tensor input, Scalar max) => input.clamp_max(max);

    public static Tensor clamp_max_(Tensor input, Scalar max) => input.clamp_max_(max);

    public static Tensor clip(Tensor input, Scalar? min = null, Scalar? max = null) => input.clip(min, max);

    public static Tensor nan_to_num(Tensor input, double nan = 0, double? posinf = null, double? neginf = null) => input.nan_to_num(nan, posinf, neginf);

    public static Tensor nan_to_num_(Tensor input, double nan = 0, double? posinf = null, double? neginf = null) => input.nan_to_num_(nan, posinf, neginf);

    public static Tensor logit(Tensor input, double? eps = null) => input.logit(eps);

    public static Tensor logit_(Tensor input, double? eps = null) => input.logit_(eps);

    public static Tensor lerp(Tensor input, Tensor end, Tensor weight) => input.lerp(end, weight);

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => x.where(condition, y);
}
