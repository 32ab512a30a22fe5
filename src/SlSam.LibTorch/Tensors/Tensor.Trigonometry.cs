namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
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
        private static readonly Operator s_arcsinh = new("aten::arcsinh");
        private static readonly Operator s_arcsinh_ = new("aten::arcsinh_");
        private static readonly Operator s_arccosh = new("aten::arccosh");
        private static readonly Operator s_arccosh_ = new("aten::arccosh_");
        private static readonly Operator s_arctanh = new("aten::arctanh");
        private static readonly Operator s_arctanh_ = new("aten::arctanh_");
        private static readonly Operator s_sinc = new("aten::sinc");
        private static readonly Operator s_sinc_ = new("aten::sinc_");
        private static readonly Operator s_deg2rad = new("aten::deg2rad");
        private static readonly Operator s_deg2rad_ = new("aten::deg2rad_");
        private static readonly Operator s_rad2deg = new("aten::rad2deg");
        private static readonly Operator s_rad2deg_ = new("aten::rad2deg_");
        private static readonly Operator s_atan2 = new("aten::atan2");
        private static readonly Operator s_atan2_ = new("aten::atan2_");
        private static readonly Operator s_hypot = new("aten::hypot");

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

        public Tensor arcsinh() => s_arcsinh.Call([this]);

        public Tensor arcsinh_() => s_arcsinh_.CallInPlace(this, [this]);

        public Tensor arccosh() => s_arccosh.Call([this]);

        public Tensor arccosh_() => s_arccosh_.CallInPlace(this, [this]);

        public Tensor arctanh() => s_arctanh.Call([this]);

        public Tensor arctanh_() => s_arctanh_.CallInPlace(this, [this]);

        public Tensor sinc() => s_sinc.Call([this]);

        public Tensor sinc_() => s_sinc_.CallInPlace(this, [this]);

        public Tensor deg2rad() => s_deg2rad.Call([this]);

        public Tensor deg2rad_() => s_deg2rad_.CallInPlace(this, [this]);

        public Tensor rad2deg() => s_rad2deg.Call([this]);

        public Tensor rad2deg_() => s_rad2deg_.CallInPlace(this, [this]);

        public Tensor atan2(Tensor other) => s_atan2.Call([this, other]);

        public Tensor atan2_(Tensor other) => s_atan2_.CallInPlace(this, [this, other]);

        public Tensor arctan2(Tensor other) => atan2(other);

        public Tensor arctan2_(Tensor other) => atan2_(other);

        public Tensor hypot(Tensor other) => s_hypot.Call([this, other]);
    }

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

    public static Tensor arcsinh(Tensor input) => input.arcsinh();

    public static Tensor arcsinh_(Tensor input) => input.arcsinh_();

    public static Tensor arccosh(Tensor input) => input.arccosh();

    public static Tensor arccosh_(Tensor input) => input.arccosh_();

    public static Tensor arctanh(Tensor input) => input.arctanh();

    public static Tensor arctanh_(Tensor input) => input.arctanh_();

    public static Tensor sinc(Tensor input) => input.sinc();

    public static Tensor sinc_(Tensor input) => input.sinc_();

    public static Tensor deg2rad(Tensor input) => input.deg2rad();

    public static Tensor deg2rad_(Tensor input) => input.deg2rad_();

    public static Tensor rad2deg(Tensor input) => input.rad2deg();

    public static Tensor rad2deg_(Tensor input) => input.rad2deg_();

    public static Tensor atan2(Tensor input, Tensor other) => input.atan2(other);

    public static Tensor atan2_(Tensor input, Tensor other) => input.atan2_(other);

    public static Tensor arctan2(Tensor input, Tensor other) => input.arctan2(other);

    public static Tensor arctan2_(Tensor input, Tensor other) => input.arctan2_(other);

    public static Tensor hypot(Tensor left, Tensor right) => left.hypot(right);
}
