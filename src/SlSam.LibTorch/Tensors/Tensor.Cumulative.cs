namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_cumsum = new("aten::cumsum");
        private static readonly Operator s_cumprod = new("aten::cumprod");
        private static readonly Operator s_cummax = new("aten::cummax");
        private static readonly Operator s_cummin = new("aten::cummin");
        private static readonly Operator s_logcumsumexp = new("aten::logcumsumexp");
        private static readonly Operator s_logsumexp = new("aten::logsumexp");
        private static readonly Operator s_softmax_int = new("aten::softmax", "int");
        private static readonly Operator s_log_softmax_int = new("aten::log_softmax", "int");
        private static readonly Operator s_trapezoid_dx = new("aten::trapezoid", "dx");
        private static readonly Operator s_trapezoid_x = new("aten::trapezoid", "x");
        private static readonly Operator s_cumulative_trapezoid_dx = new("aten::cumulative_trapezoid", "dx");
        private static readonly Operator s_cumulative_trapezoid_x = new("aten::cumulative_trapezoid", "x");
        private static readonly Operator s_diff = new("aten::diff");
        private static readonly Operator s_trace = new("aten::trace");

        public Tensor cumsum(long dim, ScalarType? type = null) => s_cumsum.Call([this, dim, type]);

        public Tensor cumprod(long dim, ScalarType? type = null) => s_cumprod.Call([this, dim, type]);

        public (Tensor values, Tensor indexes) cummax(long dim) => s_cummax.CallPair([this, dim]);

        public (Tensor values, Tensor indexes) cummin(long dim) => s_cummin.CallPair([this, dim]);

        public Tensor logcumsumexp(long dim) => s_logcumsumexp.Call([this, dim]);

        public Tensor logsumexp(long dim, bool keepdim = false) => s_logsumexp.Call([this, dim, keepdim]);

        public Tensor softmax(long dim, ScalarType? dtype = null) => s_softmax_int.Call([this, dim, dtype]);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => s_log_softmax_int.Call([this, dim, dtype]);

        public Tensor trapezoid(double dx = 1, long dim = -1) => s_trapezoid_dx.Call([this, dx, dim]);

        public Tensor trapezoid(Tensor x, long dim = -1) => s_trapezoid_x.Call([this, x, dim]);

        public Tensor cumulative_trapezoid(double dx = 1, long dim = -1) => s_cumulative_trapezoid_dx.Call([this, dx, dim]);

        public Tensor cumulative_trapezoid(Tensor x, long dim = -1) => s_cumulative_trapezoid_x.Call([this, x, dim]);

        public Tensor diff(long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) => s_diff.Call([this, n, dim, prepend, append]);

        public Tensor trace() => s_trace.Call([this]);
    }

    public static Tensor cumsum(Tensor input, long dim, ScalarType? type = null) => input.cumsum(dim, type);

    public static Tensor cumprod(Tensor input, long dim, ScalarType? dtype = null) => input.cumprod(dim, dtype);

    public static (Tensor values, Tensor indices) cummax(Tensor input, long dim) => input.cummax(dim);

    public static (Tensor values, Tensor indices) cummin(Tensor input, long dim) => input.cummin(dim);

    public static Tensor logcumsumexp(Tensor input, long dim) => input.logcumsumexp(dim);

    public static Tensor logsumexp(Tensor input, long dim, bool keepdim = false) => input.logsumexp(dim, keepdim);

    public static Tensor trapezoid(Tensor y, double dx = 1, long dim = -1) => y.trapezoid(dx, dim);

    public static Tensor trapezoid(Tensor y, Tensor x, long dim = -1) => y.trapezoid(x, dim);

    public static Tensor cumulative_trapezoid(Tensor y, double dx = 1, long dim = -1) => y.cumulative_trapezoid(dx, dim);

    public static Tensor cumulative_trapezoid(Tensor y, Tensor x, long dim = -1) => y.cumulative_trapezoid(x, dim);

    public static Tensor diff(Tensor input, long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) => input.diff(n, dim, prepend, append);

    public static Tensor trace(Tensor input) => input.trace();
}
