namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_sigmoid = new("aten::sigmoid");
        private static readonly Operator s_sigmoid_ = new("aten::sigmoid_");
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
        private static readonly Operator s_i0 = new("aten::i0");
        private static readonly Operator s_i0_ = new("aten::i0_");
        private static readonly Operator s_logit = new("aten::logit");
        private static readonly Operator s_logit_ = new("aten::logit_");
        private static readonly Operator s_polygamma = new("aten::polygamma");
        private static readonly Operator s_mvlgamma = new("aten::mvlgamma");
        private static readonly Operator s_mvlgamma_ = new("aten::mvlgamma_");
        private static readonly Operator s_igamma = new("aten::igamma");
        private static readonly Operator s_igammac = new("aten::igammac");
        private static readonly Operator s_heaviside = new("aten::heaviside");
        private static readonly Operator s_heaviside_ = new("aten::heaviside_");

        public Tensor sigmoid() => s_sigmoid.Call([this]);

        public Tensor sigmoid_() => s_sigmoid_.CallInPlace(this, [this]);

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

        public Tensor i0() => s_i0.Call([this]);

        public Tensor i0_() => s_i0_.CallInPlace(this, [this]);

        public Tensor logit(double? eps = null) => s_logit.Call([this, eps]);

        public Tensor logit_(double? eps = null) => s_logit_.CallInPlace(this, [this, eps]);

        public Tensor polygamma(long p) => s_polygamma.Call([p, this]);

        public Tensor mvlgamma(long p) => s_mvlgamma.Call([this, p]);

        public Tensor mvlgamma_(long p) => s_mvlgamma_.CallInPlace(this, [this, p]);

        public Tensor igamma(Tensor other) => s_igamma.Call([this, other]);

        public Tensor igammac(Tensor other) => s_igammac.Call([this, other]);

        public Tensor heaviside(Tensor other) => s_heaviside.Call([this, other]);

        public Tensor heaviside_(Tensor other) => s_heaviside_.CallInPlace(this, [this, other]);
    }

    public static Tensor sigmoid(Tensor input) => input.sigmoid();

    public static Tensor sigmoid_(Tensor input) => input.sigmoid_();

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

    public static Tensor i0(Tensor input) => input.i0();

    public static Tensor i0_(Tensor input) => input.i0_();

    public static Tensor logit(Tensor input, double? eps = null) => input.logit(eps);

    public static Tensor logit_(Tensor input, double? eps = null) => input.logit_(eps);

    public static Tensor polygamma(Tensor input, long p) => input.polygamma(p);

    public static Tensor mvlgamma(Tensor input, long p) => input.mvlgamma(p);

    public static Tensor mvlgamma_(Tensor input, long p) => input.mvlgamma_(p);

    public static Tensor igamma(Tensor input, Tensor other) => input.igamma(other);

    public static Tensor igammac(Tensor input, Tensor other) => input.igammac(other);

    public static Tensor heaviside(Tensor input, Tensor values) => input.heaviside(values);

    public static Tensor heaviside_(Tensor input, Tensor values) => input.heaviside_(values);
}
