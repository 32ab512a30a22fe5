namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_std_dim = new("aten::std", "dim");
        private static readonly Operator s_var_dim = new("aten::var", "dim");
        private static readonly Operator s_count_nonzero = new("aten::count_nonzero");
        private static readonly Operator s_count_nonzero_dim_IntList = new("aten::count_nonzero", "dim_IntList");
        private static readonly Operator s_sum = new("aten::sum");
        private static readonly Operator s_sum_dim_IntList = new("aten::sum", "dim_IntList");
        private static readonly Operator s_mean = new("aten::mean");
        private static readonly Operator s_mean_dim = new("aten::mean", "dim");
        private static readonly Operator s_prod = new("aten::prod");
        private static readonly Operator s_prod_dim_int = new("aten::prod", "dim_int");
        private static readonly Operator s_nansum = new("aten::nansum");
        private static readonly Operator s_std = new("aten::std");
        private static readonly Operator s_std_mean = new("aten::std_mean");
        private static readonly Operator s_var = new("aten::var");
        private static readonly Operator s_var_mean = new("aten::var_mean");
        private static readonly Operator s_max = new("aten::max");
        private static readonly Operator s_max_other = new("aten::max", "other");
        private static readonly Operator s_max_dim = new("aten::max", "dim");
        private static readonly Operator s_min = new("aten::min");
        private static readonly Operator s_min_other = new("aten::min", "other");
        private static readonly Operator s_min_dim = new("aten::min", "dim");
        private static readonly Operator s_amax = new("aten::amax");
        private static readonly Operator s_amin = new("aten::amin");
        private static readonly Operator s_argmax = new("aten::argmax");
        private static readonly Operator s_argmin = new("aten::argmin");
        private static readonly Operator s_all = new("aten::all");
        private static readonly Operator s_all_dim = new("aten::all", "dim");
        private static readonly Operator s_any = new("aten::any");
        private static readonly Operator s_any_dim = new("aten::any", "dim");
        private static readonly Operator s_norm_Scalar = new("aten::norm", "Scalar");
        private static readonly Operator s_norm_ScalarOpt_dim = new("aten::norm", "ScalarOpt_dim");
        private static readonly Operator s_dist = new("aten::dist");
        private static readonly Operator s_logsumexp = new("aten::logsumexp");
        private static readonly Operator s_softmax_int = new("aten::softmax", "int");
        private static readonly Operator s_log_softmax_int = new("aten::log_softmax", "int");
        private static readonly Operator s_cumsum = new("aten::cumsum");
        private static readonly Operator s_cumprod = new("aten::cumprod");
        private static readonly Operator s_logcumsumexp = new("aten::logcumsumexp");
        private static readonly Operator s_median = new("aten::median");
        private static readonly Operator s_mode = new("aten::mode");
        private static readonly Operator s_topk = new("aten::topk");
        private static readonly Operator s_sort_stable = new("aten::sort", "stable");
        private static readonly Operator s_argsort = new("aten::argsort");
        private static readonly Operator s_kthvalue = new("aten::kthvalue");
        private static readonly Operator s_bincount = new("aten::bincount");
        private static readonly Operator s_histc = new("aten::histc");
        private static readonly Operator s_quantile = new("aten::quantile");
        private static readonly Operator s_trace = new("aten::trace");

        public Tensor sum(ScalarType? type = null) => s_sum.Call([this, type]);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => s_sum_dim_IntList.Call([this, dim, keepdim, type]);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => s_sum_dim_IntList.Call([this, (long[])[dim0, dim1], keepdim, type]);

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => s_sum_dim_IntList.Call([this, dim, keepdim, type]);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => s_sum_dim_IntList.Call([this, dim, keepdim, type]);

        public Tensor mean() => s_mean.Call([this]);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => s_mean_dim.Call([this, dimensions, keepdim, type]);

        public Tensor prod(ScalarType? type = null) => s_prod.Call([this, type]);

        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => s_prod_dim_int.Call([this, dim, keepdim, type]);

        public Tensor nansum() => s_nansum.Call([this]);

        public Tensor std(bool unbiased = true) => s_std.Call([this, unbiased]);

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_std_dim.Call([this, dim, unbiased, keepdim]), type);

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_std_dim.Call([this, dimensions, unbiased, keepdim]), type);

        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_std_dim.Call([this, dimensions, unbiased, keepdim]), type);

        public (Tensor std, Tensor mean) std_mean(bool unbiased = true) => s_std_mean.CallPair([this, unbiased]);

        public Tensor var(bool unbiased = true) => s_var.Call([this, unbiased]);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_var_dim.Call([this, dim, unbiased, keepdim]), type);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_var_dim.Call([this, dimensions, unbiased, keepdim]), type);

        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_var_dim.Call([this, dimensions, unbiased, keepdim]), type);

        public (Tensor std, Tensor mean) var_mean(bool unbiased = true) => s_var_mean.CallPair([this, unbiased]);

        public Tensor max() => s_max.Call([this]);

        public Tensor max(Tensor other) => s_max_other.Call([this, other]);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => s_max_dim.CallPair([this, dim, keepdim]);

        public Tensor min() => s_min.Call([this]);

        public Tensor min(Tensor other) => s_min_other.Call([this, other]);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => s_min_dim.CallPair([this, dim, keepdim]);

        public Tensor amax(params long[] dims) => s_amax.Call([this, dims]);

        public Tensor amin(params long[] dims) => s_amin.Call([this, dims]);

        public Tensor argmax() => s_argmax.Call([this]);

        public Tensor argmax(long dim, bool keepdim = false) => s_argmax.Call([this, dim, keepdim]);

        public Tensor argmin() => s_argmin.Call([this]);

        public Tensor argmin(long dim, bool keepdim = false) => s_argmin.Call([this, dim, keepdim]);

        public Tensor all() => s_all.Call([this]);

        public Tensor all(long dim, bool keepdim = false) => s_all_dim.Call([this, dim, keepdim]);

        public Tensor any() => s_any.Call([this]);

        public Tensor any(long dim, bool keepdim = false) => s_any_dim.Call([this, dim, keepdim]);

        public Tensor norm(float p = 2) => s_norm_Scalar.Call([this, p]);

        public Tensor norm(int dim, bool keepdim = false, float p = 2) => s_norm_ScalarOpt_dim.Call([this, p, dim, keepdim]);

        public Tensor dist(Tensor other, float p = 2) => s_dist.Call([this, other, p]);

        public Tensor logsumexp(long dim, bool keepdim = false) => s_logsumexp.Call([this, dim, keepdim]);

        public Tensor softmax(long dim, ScalarType? dtype = null) => s_softmax_int.Call([this, dim, dtype]);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => s_log_softmax_int.Call([this, dim, dtype]);

        public Tensor cumsum(long dim, ScalarType? type = null) => s_cumsum.Call([this, dim, type]);

        public Tensor cumprod(long dim, ScalarType? type = null) => s_cumprod.Call([this, dim, type]);

        public Tensor logcumsumexp(long dim) => s_logcumsumexp.Call([this, dim]);

        public Tensor median() => s_median.Call([this]);

        public (Tensor values, Tensor indices) mode(long dim = -1, bool keepdim = false) => s_mode.CallPair([this, dim, keepdim]);

        public (Tensor values, Tensor indices) topk(int k, int dim = -1, bool largest = true, bool sorted = true) => s_topk.CallPair([this, k, dim, largest, sorted]);

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) => s_sort_stable.CallPair([this, stable, dim, descending]);

        public Tensor argsort(long dim = -1, bool descending = false) => s_argsort.Call([this, dim, descending]);

        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false) => s_kthvalue.CallPair([this, k, dim ?? -1, keepdim]);

        public Tensor count_nonzero(long[]? dims = null) => dims is null ? s_count_nonzero.Call([this, Argument.None]) : s_count_nonzero_dim_IntList.Call([this, dims]);

        public Tensor bincount(Tensor? weights, long minlength = 0) => s_bincount.Call([this, weights, minlength]);

        public Tensor histc(long bins = 100, long min = 0, long max = 0) => s_histc.Call([this, bins, min, max]);

        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => s_quantile.Call([this, q, dim, keepdim]);

        public Tensor trace() => s_trace.Call([this]);
    }

    public static Tensor sum(Tensor input, ScalarType? type = null) => input.sum(type);

    public static Tensor sum(Tensor input, long dim, bool keepdim = false, ScalarType? type = null) => input.sum(dim, keepdim, type);

    public static Tensor sum(Tensor input, ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => input.sum(dim, keepdim, type);

    public static Tensor mean(Tensor input) => input.mean();

    public static Tensor mean(Tensor input, long[] dimensions, bool keepdim = false, ScalarType? type = null) => input.mean(dimensions, keepdim, type);

    public static Tensor prod(Tensor input, ScalarType? type = null) => input.prod(type);

    public static Tensor prod(Tensor input, long dim, bool keepdim = false, ScalarType? type = null) => input.prod(dim, keepdim, type);

    public static Tensor nansum(Tensor input) => input.nansum();

    public static Tensor std(Tensor input, bool unbiased = true) => input.std(unbiased);

    public static Tensor std(Tensor input, long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.std(dimensions, unbiased, keepdim, type);

    public static Tensor std(Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.std(dimensions, unbiased, keepdim, type);

    public static (Tensor std, Tensor mean) std_mean(Tensor input, bool unbiased = true) => input.std_mean(unbiased);

    public static Tensor var(Tensor input, bool unbiased = true) => input.var(unbiased);

    public static Tensor var(Tensor input, long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.var(dimensions, unbiased, keepdim, type);

    public static Tensor var(Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.var(dimensions, unbiased, keepdim, type);

    public static (Tensor std, Tensor mean) var_mean(Tensor input, bool unbiased = true) => input.var_mean(unbiased);

    public static Tensor max(Tensor input) => input.max();

    public static Tensor max(Tensor input, Tensor other) => input.max(other);

    public static (Tensor values, Tensor indexes) max(Tensor input, long dim, bool keepdim = false) => input.max(dim, keepdim);

    public static Tensor min(Tensor input) => input.min();

    public static Tensor min(Tensor input, Tensor other) => input.min(other);

    public static (Tensor values, Tensor indexes) min(Tensor input, long dim, bool keepdim = false) => input.min(dim, keepdim);

    public static Tensor amax(Tensor input, params long[] dims) => input.amax(dims);

    public static Tensor argmax(Tensor input) => input.argmax();

    public static Tensor argmax(Tensor input, long dim, bool keepdim = false) => input.argmax(dim, keepdim);

    public static Tensor argmin(Tensor input) => input.argmin();

    public static Tensor argmin(Tensor input, long dim, bool keepdim = false) => input.argmin(dim, keepdim);

    public static Tensor all(Tensor input) => input.all();

    public static Tensor all(Tensor input, long dim, bool keepdim = false) => input.all(dim, keepdim);

    public static Tensor any(Tensor input) => input.any();

    public static Tensor any(Tensor input, long dim, bool keepdim = false) => input.any(dim, keepdim);

    public static Tensor norm(Tensor input, float p = 2) => input.norm(p);

    public static Tensor norm(Tensor input, int dimension, bool keepdim = false, float p = 2) => input.norm(dimension, keepdim, p);

    public static Tensor dist(Tensor input, Tensor other, float p = 2) => input.dist(other, p);

    public static Tensor logsumexp(Tensor input, long dim, bool keepdim = false) => input.logsumexp(dim, keepdim);

    public static Tensor cumsum(Tensor input, long dim, ScalarType? type = null) => input.cumsum(dim, type);

    public static Tensor cumprod(Tensor input, long dim, ScalarType? dtype = null) => input.cumprod(dim, dtype);

    public static Tensor logcumsumexp(Tensor input, long dim) => input.logcumsumexp(dim);

    public static Tensor median(Tensor input) => input.median();

    public static (Tensor values, Tensor indices) mode(Tensor input, long dim = -1, bool keepdim = false) => input.mode(dim, keepdim);

    public static (Tensor values, Tensor indices) topk(Tensor tensor, int k, int dim = -1, bool largest = true, bool sorted = true) => tensor.topk(k, dim, largest, sorted);

    public static (Tensor Values, Tensor Indices) sort(Tensor input, long dim = -1, bool descending = false, bool stable = false) => input.sort(dim, descending, stable);

    public static Tensor argsort(Tensor input, long dim = -1, bool descending = false) => input.argsort(dim, descending);

    public static (Tensor values, Tensor indices) kthvalue(Tensor input, long k, long? dim, bool keepdim = false) => input.kthvalue(k, dim, keepdim);

    public static Tensor count_nonzero(Tensor input, long[]? dims = null) => input.count_nonzero(dims);

    public static Tensor bincount(Tensor input, Tensor? weights = null, long minlength = 0) => input.bincount(weights, minlength);

    public static Tensor histc(Tensor input, long bins = 100, long min = 0, long max = 0) => input.histc(bins, min, max);

    public static Tensor quantile(Tensor input, Tensor q, long dim = -1, bool keepdim = false) => input.quantile(q, dim, keepdim);

    public static Tensor trace(Tensor input) => input.trace();
}
