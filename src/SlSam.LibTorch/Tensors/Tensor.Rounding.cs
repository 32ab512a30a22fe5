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
        private static readonly Operator s_signbit = new("aten::signbit");
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
        private static readonly Operator s_copysign_Tensor = new("aten::copysign", "Tensor");
        private static readonly Operator s_copysign__Tensor = new("aten::copysign_", "Tensor");
        private static readonly Operator s_nextafter = new("aten::nextafter");
        private static readonly Operator s_nextafter_ = new("aten::nextafter_");

        public Tensor abs() => s_abs.Call([this]);

        public Tensor abs_() => s_abs_.CallInPlace(this, [this]);

        public Tensor absolute() => s_absolute.Call([this]);

        public Tensor absolute_() => s_absolute_.CallInPlace(this, [this]);

        public Tensor neg() => s_neg.Call([this]);

        public Tensor neg_() => s_neg_.CallInPlace(this, [this]);

        public Tensor negative() => s_negative.Call([this]);

        public Tensor positive() => s_positive.Call([this]);

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

        public Tensor signbit() => s_signbit.Call([this]);

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

        public Tensor copysign(Tensor other) => s_copysign_Tensor.Call([this, other]);

        public Tensor copysign_(Tensor other) => s_copysign__Tensor.CallInPlace(this, [this, other]);

        public Tensor nextafter(Tensor other) => s_nextafter.Call([this, other]);

        public Tensor nextafter_(Tensor other) => s_nextafter_.CallInPlace(this, [this, other]);
    }

    public static Tensor abs(Tensor input) => input.abs();

    public static Tensor abs_(Tensor input) => input.abs_();

    public static Tensor absolute(Tensor input) => input.absolute();

    public static Tensor absolute_(Tensor input) => input.absolute_();

    public static Tensor neg(Tensor input) => input.neg();

    public static Tensor neg_(Tensor input) => input.neg_();

    public static Tensor negative(Tensor input) => input.negative();

    public static Tensor positive(Tensor input) => input.positive();

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

    public static Tensor signbit(Tensor input) => input.signbit();

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

    public static Tensor copysign(Tensor input, Tensor other) => input.copysign(other);

    public static Tensor copysign_(Tensor input, Tensor other) => input.copysign_(other);

    public static Tensor nextafter(Tensor input, Tensor other) => input.nextafter(other);

    public static Tensor nextafter_(Tensor input, Tensor other) => input.nextafter_(other);
}
