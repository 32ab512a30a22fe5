namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_topk = new("aten::topk");
        private static readonly Operator s_sort_stable = new("aten::sort", "stable");
        private static readonly Operator s_argsort = new("aten::argsort");
        private static readonly Operator s_msort = new("aten::msort");
        private static readonly Operator s_kthvalue = new("aten::kthvalue");
        private static readonly Operator s_bucketize_Tensor = new("aten::bucketize", "Tensor");

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) => s_topk.CallPair([this, k, dim, largest, sorted]);

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) => s_sort_stable.CallPair([this, stable, dim, descending]);

        public Tensor argsort(long dim = -1, bool descending = false) => s_argsort.Call([this, dim, descending]);

        public Tensor msort() => s_msort.Call([this]);

        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false) => s_kthvalue.CallPair([this, k, dim ?? -1, keepdim]);

        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) => s_bucketize_Tensor.Call([this, boundaries, outInt32, right]);
    }

    public static (Tensor values, Tensor indexes) topk(Tensor tensor, int k, int dim = -1, bool largest = true, bool sorted = true) => tensor.topk(k, dim, largest, sorted);

    public static (Tensor values, Tensor indices) sort(Tensor input, long dim = -1, bool descending = false, bool stable = false) => input.sort(dim, descending, stable);

    public static Tensor argsort(Tensor input, long dim = -1, bool descending = false) => input.argsort(dim, descending);

    public static Tensor msort(Tensor tensor) => tensor.msort();

    public static (Tensor values, Tensor indices) kthvalue(Tensor input, long k, long? dim, bool keepdim = false) => input.kthvalue(k, dim, keepdim);

    public static Tensor bucketize(Tensor input, Tensor boundaries, bool outInt32 = false, bool right = false) => input.bucketize(boundaries, outInt32, right);
}
