namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_std_dim = new("aten::std", "dim");
        private static readonly Operator s_var_dim = new("aten::var", "dim");
        private static readonly Operator s_std_mean_dim = new("aten::std_mean", "dim");
        private static readonly Operator s_var_mean_dim = new("aten::var_mean", "dim");
        private static readonly Operator s_count_nonzero = new("aten::count_nonzero");
        private static readonly Operator s_count_nonzero_dim_IntList = new("aten::count_nonzero", "dim_IntList");
        private static readonly Operator s_std = new("aten::std");
        private static readonly Operator s_std_mean = new("aten::std_mean");
        private static readonly Operator s_var = new("aten::var");
        private static readonly Operator s_var_mean = new("aten::var_mean");
        private static readonly Operator s_median = new("aten::median");
        private static readonly Operator s_nanmedian = new("aten::nanmedian");
        private static readonly Operator s_mode = new("aten::mode");
        private static readonly Operator s_bincount = new("aten::bincount");
        private static readonly Operator s_histc = new("aten::histc");
        private static readonly Operator s_quantile = new("aten::quantile");
        private static readonly Operator s_nanquantile = new("aten::nanquantile");
        private static readonly Operator s_cov = new("aten::cov");
        private static readonly Operator s_corrcoef = new("aten::corrcoef");

        public Tensor std(bool unbiased = true) => s_std.Call([this, unbiased]);

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_std_dim.Call([this, dim, unbiased, keepdim]), type);

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_std_dim.Call([this, dimensions, unbiased, keepdim]), type);

        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_std_dim.Call([this, dimensions, unbiased, keepdim]), type);

        public Tensor std((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_std_dim.Call([this, (long[])[dim.Item1, dim.Item2], unbiased, keepdim]), type);

        public Tensor std((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_std_dim.Call([this, (long[])[dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim]), type);

        public (Tensor std, Tensor mean) std_mean(bool unbiased = true) => s_std_mean.CallPair([this, unbiased]);

        public (Tensor std, Tensor mean) std_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_std_mean_dim.CallPair([this, dim, unbiased, keepdim]), type);

        public (Tensor std, Tensor mean) std_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_std_mean_dim.CallPair([this, dimensions, unbiased, keepdim]), type);

        public (Tensor std, Tensor mean) std_mean(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_std_mean_dim.CallPair([this, dimensions, unbiased, keepdim]), type);

        public (Tensor std, Tensor mean) std_mean((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_std_mean_dim.CallPair([this, (long[])[dim.Item1, dim.Item2], unbiased, keepdim]), type);

        public (Tensor std, Tensor mean) std_mean((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_std_mean_dim.CallPair([this, (long[])[dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim]), type);

        public Tensor var(bool unbiased = true) => s_var.Call([this, unbiased]);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_var_dim.Call([this, dim, unbiased, keepdim]), type);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_var_dim.Call([this, dimensions, unbiased, keepdim]), type);

        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_var_dim.Call([this, dimensions, unbiased, keepdim]), type);

        public Tensor var((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_var_dim.Call([this, (long[])[dim.Item1, dim.Item2], unbiased, keepdim]), type);

        public Tensor var((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_var_dim.Call([this, (long[])[dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim]), type);

        public (Tensor std, Tensor mean) var_mean(bool unbiased = true) => s_var_mean.CallPair([this, unbiased]);

        public (Tensor std, Tensor mean) var_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_var_mean_dim.CallPair([this, dim, unbiased, keepdim]), type);

        public (Tensor std, Tensor mean) var_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_var_mean_dim.CallPair([this, dimensions, unbiased, keepdim]), type);

        public (Tensor std, Tensor mean) var_mean(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_var_mean_dim.CallPair([this, dimensions, unbiased, keepdim]), type);

        public (Tensor std, Tensor mean) var_mean((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_var_mean_dim.CallPair([this, (long[])[dim.Item1, dim.Item2], unbiased, keepdim]), type);

        public (Tensor std, Tensor mean) var_mean((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(s_var_mean_dim.CallPair([this, (long[])[dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim]), type);

        public Tensor median() => s_median.Call([this]);

        public Tensor nanmedian() => s_nanmedian.Call([this]);

        public (Tensor values, Tensor indices) mode(long dim = -1, bool keepdim = false) => s_mode.CallPair([this, dim, keepdim]);

        public Tensor count_nonzero(long[]? dims = null) => dims is null ? s_count_nonzero.Call([this, Argument.None]) : s_count_nonzero_dim_IntList.Call([this, dims]);

        public Tensor bincount(Tensor? weights, long minlength = 0) => s_bincount.Call([this, weights, minlength]);

        public Tensor histc(long bins = 100, long min = 0, long max = 0) => s_histc.Call([this, bins, min, max]);

        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => s_quantile.Call([this, q, dim, keepdim]);

        public Tensor nanquantile(Tensor q, long dim = -1, bool keepdim = false) => s_nanquantile.Call([this, q, dim, keepdim]);

        public Tensor cov(long correction = 1, Tensor? fweights = null, Tensor? aweights = null) => s_cov.Call([this, correction, fweights, aweights]);

        public Tensor corrcoef() => s_corrcoef.Call([this]);
    }

    public static Tensor std(Tensor input, bool unbiased = true) => input.std(unbiased);

    public static Tensor std(Tensor input, long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.std(dimensions, unbiased, keepdim, type);

    public static Tensor std(Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.std(dimensions, unbiased, keepdim, type);

    public static Tensor std(Tensor input, (long, long) dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.std(dimensions, unbiased, keepdim, type);

    public static Tensor std(Tensor input, (long, long, long) dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.std(dimensions, unbiased, keepdim, type);

    public static (Tensor std, Tensor mean) std_mean(Tensor input, bool unbiased = true) => input.std_mean(unbiased);

    public static (Tensor std, Tensor mean) std_mean(Tensor input, long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.std_mean(dimensions, unbiased, keepdim, type);

    public static (Tensor std, Tensor mean) std_mean(Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.std_mean(dimensions, unbiased, keepdim, type);

    public static (Tensor std, Tensor mean) std_mean(Tensor input, ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.std_mean(dimensions, unbiased, keepdim, type);

    public static (Tensor std, Tensor mean) std_mean(Tensor input, (long, long) dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.std_mean(dimensions, unbiased, keepdim, type);

    public static (Tensor std, Tensor mean) std_mean(Tensor input, (long, long, long) dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.std_mean(dimensions, unbiased, keepdim, type);

    public static Tensor var(Tensor input, bool unbiased = true) => input.var(unbiased);

    public static Tensor var(Tensor input, long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.var(dimensions, unbiased, keepdim, type);

    public static Tensor var(Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.var(dimensions, unbiased, keepdim, type);

    public static Tensor var(Tensor input, (long, long) dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.var(dimensions, unbiased, keepdim, type);

    public static Tensor var(Tensor input, (long, long, long) dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.var(dimensions, unbiased, keepdim, type);

    public static (Tensor std, Tensor mean) var_mean(Tensor input, bool unbiased = true) => input.var_mean(unbiased);

    public static (Tensor std, Tensor mean) var_mean(Tensor input, long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.var_mean(dimensions, unbiased, keepdim, type);

    public static (Tensor std, Tensor mean) var_mean(Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.var_mean(dimensions, unbiased, keepdim, type);

    public static (Tensor std, Tensor mean) var_mean(Tensor input, ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.var_mean(dimensions, unbiased, keepdim, type);

    public static (Tensor std, Tensor mean) var_mean(Tensor input, (long, long) dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.var_mean(dimensions, unbiased, keepdim, type);

    public static (Tensor std, Tensor mean) var_mean(Tensor input, (long, long, long) dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.var_mean(dimensions, unbiased, keepdim, type);

    public static Tensor median(Tensor input) => input.median();

    public static Tensor nanmedian(Tensor input) => input.nanmedian();

    public static (Tensor values, Tensor indices) mode(Tensor input, long dim = -1, bool keepdim = false) => input.mode(dim, keepdim);

    public static Tensor count_nonzero(Tensor input, long[]? dims = null) => input.count_nonzero(dims);

    public static Tensor bincount(Tensor input, Tensor? weights = null, long minlength = 0) => input.bincount(weights, minlength);

    public static Tensor histc(Tensor input, long bins = 100, long min = 0, long max = 0) => input.histc(bins, min, max);

    public static Tensor quantile(Tensor input, Tensor q, long dim = -1, bool keepdim = false) => input.quantile(q, dim, keepdim);

    public static Tensor nanquantile(Tensor input, Tensor q, long dim = -1, bool keepdim = false) => input.nanquantile(q, dim, keepdim);

    public static Tensor cov(Tensor input, long correction = 1, Tensor? fweights = null, Tensor? aweights = null) => input.cov(correction, fweights, aweights);

    public static Tensor corrcoef(Tensor input) => input.corrcoef();
}
