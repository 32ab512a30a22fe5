namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_sum = new("aten::sum");
        private static readonly Operator s_sum_dim_IntList = new("aten::sum", "dim_IntList");
        private static readonly Operator s_mean = new("aten::mean");
        private static readonly Operator s_mean_dim = new("aten::mean", "dim");
        private static readonly Operator s_prod = new("aten::prod");
        private static readonly Operator s_prod_dim_int = new("aten::prod", "dim_int");
        private static readonly Operator s_nansum = new("aten::nansum");
        private static readonly Operator s_nanmean = new("aten::nanmean");
        private static readonly Operator s_max = new("aten::max");
        private static readonly Operator s_max_other = new("aten::max", "other");
        private static readonly Operator s_max_dim = new("aten::max", "dim");
        private static readonly Operator s_min = new("aten::min");
        private static readonly Operator s_min_other = new("aten::min", "other");
        private static readonly Operator s_min_dim = new("aten::min", "dim");
        private static readonly Operator s_amax = new("aten::amax");
        private static readonly Operator s_amin = new("aten::amin");
        private static readonly Operator s_aminmax = new("aten::aminmax");
        private static readonly Operator s_argmax = new("aten::argmax");
        private static readonly Operator s_argmin = new("aten::argmin");
        private static readonly Operator s_all = new("aten::all");
        private static readonly Operator s_all_dim = new("aten::all", "dim");
        private static readonly Operator s_any = new("aten::any");
        private static readonly Operator s_any_dim = new("aten::any", "dim");
        private static readonly Operator s_norm_Scalar = new("aten::norm", "Scalar");
        private static readonly Operator s_norm_ScalarOpt_dim = new("aten::norm", "ScalarOpt_dim");
        private static readonly Operator s_dist = new("aten::dist");

        public Tensor sum(ScalarType? type = null) => s_sum.Call([this, type]);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => s_sum_dim_IntList.Call([this, dim, keepdim, type]);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => s_sum_dim_IntList.Call([this, (long[])[dim0, dim1], keepdim, type]);

        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) => s_sum_dim_IntList.Call([this, (long[])[dim0, dim1, dim2], keepdim, type]);

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => s_sum_dim_IntList.Call([this, dim, keepdim, type]);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => s_sum_dim_IntList.Call([this, dim, keepdim, type]);

        public Tensor mean() => s_mean.Call([this]);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => s_mean_dim.Call([this, dimensions, keepdim, type]);

        public Tensor prod(ScalarType? type = null) => s_prod.Call([this, type]);

        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => s_prod_dim_int.Call([this, dim, keepdim, type]);

        public Tensor nansum() => s_nansum.Call([this]);

        public Tensor nanmean(int? dim = null, bool keepdim = false, ScalarType? dtype = null) => s_nanmean.Call([this, dim, keepdim, dtype]);

        public Tensor max() => s_max.Call([this]);

        public Tensor max(Tensor other) => s_max_other.Call([this, other]);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => s_max_dim.CallPair([this, dim, keepdim]);

        public Tensor min() => s_min.Call([this]);

        public Tensor min(Tensor other) => s_min_other.Call([this, other]);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => s_min_dim.CallPair([this, dim, keepdim]);

        public Tensor amax(params long[] dims) => s_amax.Call([this, dims]);

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => Out(@out, s_amax.Call([this, dims, keepdim]));

        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => Out(@out, s_amax.Call([this, dims, keepdim]));

        public Tensor amin(params long[] dims) => s_amin.Call([this, dims]);

        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => Out(@out, s_amin.Call([this, dims, keepdim]));

        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => Out(@out, s_amin.Call([this, dims, keepdim]));

        public (Tensor min, Tensor max) aminmax(long? dim = null, bool keepdim = false) => s_aminmax.CallPair([this, dim, keepdim]);

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
    }

    public static Tensor sum(Tensor input, ScalarType? type = null) => input.sum(type);

    public static Tensor sum(Tensor input, long dim, bool keepdim = false, ScalarType? type = null) => input.sum(dim, keepdim, type);

    public static Tensor sum(Tensor input, ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => input.sum(dim, keepdim, type);

    public static Tensor mean(Tensor input) => input.mean();

    public static Tensor mean(Tensor input, long[] dimensions, bool keepdim = false, ScalarType? type = null) => input.mean(dimensions, keepdim, type);

    public static Tensor prod(Tensor input, ScalarType? type = null) => input.prod(type);

    public static Tensor prod(Tensor input, long dim, bool keepdim = false, ScalarType? type = null) => input.prod(dim, keepdim, type);

    public static Tensor nansum(Tensor input) => input.nansum();

    public static Tensor nanmean(Tensor input, int? dim = null, bool keepdim = false, ScalarType? dtype = null) => input.nanmean(dim, keepdim, dtype);

    public static Tensor max(Tensor input) => input.max();

    public static Tensor max(Tensor input, Tensor other) => input.max(other);

    public static (Tensor values, Tensor indexes) max(Tensor input, long dim, bool keepdim = false) => input.max(dim, keepdim);

    public static Tensor min(Tensor input) => input.min();

    public static Tensor min(Tensor input, Tensor other) => input.min(other);

    public static (Tensor values, Tensor indexes) min(Tensor input, long dim, bool keepdim = false) => input.min(dim, keepdim);

    public static Tensor amax(Tensor input, params long[] dims) => input.amax(dims);

    public static Tensor amax(Tensor input, long[] dims, bool keepdim = false, Tensor? @out = null) => input.amax(dims, keepdim, @out);

    public static Tensor amax(Tensor input, ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => input.amax(dims, keepdim, @out);

    public static Tensor amin(Tensor input, long[] dims, bool keepdim = false, Tensor? @out = null) => input.amin(dims, keepdim, @out);

    public static Tensor amin(Tensor input, ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => input.amin(dims, keepdim, @out);

    public static (Tensor min, Tensor max) aminmax(Tensor input, long? dim = null, bool keepdim = false) => input.aminmax(dim, keepdim);

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
}
