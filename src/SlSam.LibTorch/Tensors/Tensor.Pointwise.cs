namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_isfinite = new("aten::isfinite");
        private static readonly Operator s_isinf = new("aten::isinf");
        private static readonly Operator s_isnan = new("aten::isnan");
        private static readonly Operator s_isposinf = new("aten::isposinf");
        private static readonly Operator s_isneginf = new("aten::isneginf");
        private static readonly Operator s_isreal = new("aten::isreal");
        private static readonly Operator s_threshold = new("aten::threshold");
        private static readonly Operator s_threshold_ = new("aten::threshold_");
        private static readonly Operator s_lerp_Tensor = new("aten::lerp", "Tensor");
        private static readonly Operator s_lerp__Tensor = new("aten::lerp_", "Tensor");
        private static readonly Operator s_where_self = new("aten::where", "self");
        private static readonly Operator s_masked_fill_Scalar = new("aten::masked_fill", "Scalar");
        private static readonly Operator s_masked_fill__Scalar = new("aten::masked_fill_", "Scalar");
        private static readonly Operator s_addcmul = new("aten::addcmul");
        private static readonly Operator s_addcmul_ = new("aten::addcmul_");
        private static readonly Operator s_addcdiv = new("aten::addcdiv");
        private static readonly Operator s_addcdiv_ = new("aten::addcdiv_");

        public Tensor isfinite() => s_isfinite.Call([this]);

        public Tensor isinf() => s_isinf.Call([this]);

        public Tensor isnan() => s_isnan.Call([this]);

        public Tensor isposinf() => s_isposinf.Call([this]);

        public Tensor isneginf() => s_isneginf.Call([this]);

        public Tensor isreal() => s_isreal.Call([this]);

        public Tensor threshold(Scalar threshold, Scalar value) => s_threshold.Call([this, threshold, value]);

        public Tensor threshold_(Scalar threshold, Scalar value) => s_threshold_.CallInPlace(this, [this, threshold, value]);

        public Tensor lerp(Tensor end, Tensor weight) => s_lerp_Tensor.Call([this, end, weight]);

        public Tensor lerp_(Tensor end, Tensor weight) => s_lerp__Tensor.CallInPlace(this, [this, end, weight]);

        public Tensor where(Tensor condition, Tensor y) => s_where_self.Call([condition, this, y]);

        public Tensor masked_fill(Tensor mask, Scalar value) => s_masked_fill_Scalar.Call([this, mask, value]);

        public Tensor masked_fill_(Tensor mask, Scalar value) => s_masked_fill__Scalar.CallInPlace(this, [this, mask, value]);

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => s_addcmul.Call([this, tensor1, tensor2, value]);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => s_addcmul_.CallInPlace(this, [this, tensor1, tensor2, value]);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => s_addcdiv.Call([this, tensor1, tensor2]);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => s_addcdiv.Call([this, tensor1, tensor2, value]);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => s_addcdiv_.CallInPlace(this, [this, tensor1, tensor2]);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => s_addcdiv_.CallInPlace(this, [this, tensor1, tensor2, value]);
    }

    public static Tensor isfinite(Tensor tensor) => tensor.isfinite();

    public static Tensor isinf(Tensor tensor) => tensor.isinf();

    public static Tensor isnan(Tensor input) => input.isnan();

    public static Tensor isposinf(Tensor tensor) => tensor.isposinf();

    public static Tensor isneginf(Tensor tensor) => tensor.isneginf();

    public static Tensor isreal(Tensor tensor) => tensor.isreal();

    public static Tensor lerp(Tensor input, Tensor end, Tensor weight) => input.lerp(end, weight);

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => x.where(condition, y);

    public static Tensor addcmul(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcmul(tensor1, tensor2, value);

    public static Tensor addcmul_(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcmul_(tensor1, tensor2, value);

    public static Tensor addcdiv(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcdiv(tensor1, tensor2, value);

    public static Tensor addcdiv_(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcdiv_(tensor1, tensor2, value);
}
