namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_clone = new("aten::clone");
        private static readonly Operator s_contiguous = new("aten::contiguous");
        private static readonly Operator s_copy_ = new("aten::copy_");
        private static readonly Operator s_zero_ = new("aten::zero_");
        private static readonly Operator s_fill__Scalar = new("aten::fill_", "Scalar");
        private static readonly Operator s_type_as = new("aten::type_as");
        private static readonly Operator s_set__source_Tensor = new("aten::set_", "source_Tensor");
        private static readonly Operator s_pin_memory = new("aten::pin_memory");
        private static readonly Operator s_is_pinned = new("aten::is_pinned");
        private static readonly Operator s_to_dense = new("aten::to_dense");
        private static readonly Operator s_to_sparse = new("aten::to_sparse");
        private static readonly Operator s_resolve_conj = new("aten::resolve_conj");
        private static readonly Operator s_resolve_neg = new("aten::resolve_neg");
        private static readonly Operator s_conj = new("aten::conj");

        public Tensor clone() => s_clone.Call([this]);

        public Tensor contiguous() => s_contiguous.Call([this]);

        public Tensor copy_(Tensor source, bool nonBlocking = false) => s_copy_.CallInPlace(this, [this, source, nonBlocking]);

        public Tensor zero_() => s_zero_.CallInPlace(this, [this]);

        public Tensor fill_(Scalar value) => s_fill__Scalar.CallInPlace(this, [this, value]);

        public Tensor type_as(Tensor tensor) => s_type_as.Call([this, tensor]);

        public Tensor set_(Tensor source) => s_set__source_Tensor.CallInPlace(this, [this, source]);

        public Tensor pin_memory() => s_pin_memory.Call([this]);

        public bool is_pinned() => s_is_pinned.CallBool([this]);

        public Tensor to_dense() => s_to_dense.Call([this]);

        public Tensor to_sparse() => s_to_sparse.Call([this]);

        public Tensor resolve_conj() => s_resolve_conj.Call([this]);

        public Tensor resolve_neg() => s_resolve_neg.Call([this]);

        public Tensor conj() => s_conj.Call([this]);
    }

    public static Tensor clone(Tensor input) => input.clone();

    public static Tensor resolve_conj(Tensor input) => input.resolve_conj();

    public static Tensor resolve_neg(Tensor input) => input.resolve_neg();

    public static Tensor conj(Tensor input) => input.conj();
}
