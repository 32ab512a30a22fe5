namespace TorchSharp;

public static partial class torch
{
    /// <summary>Linear algebra, the part of it that training and inspecting networks takes.</summary>
    public static partial class linalg
    {
        private static readonly Operator s_norm = new("aten::linalg_norm");
        private static readonly Operator s_norm_ord_str = new("aten::linalg_norm", "ord_str");
        private static readonly Operator s_vector_norm = new("aten::linalg_vector_norm");
        private static readonly Operator s_matrix_norm = new("aten::linalg_matrix_norm");
        private static readonly Operator s_matrix_norm_str_ord = new("aten::linalg_matrix_norm", "str_ord");
        private static readonly Operator s_inv = new("aten::linalg_inv");
        private static readonly Operator s_det = new("aten::linalg_det");
        private static readonly Operator s_slogdet = new("aten::linalg_slogdet");
        private static readonly Operator s_solve = new("aten::linalg_solve");
        private static readonly Operator s_svd = new("aten::linalg_svd");
        private static readonly Operator s_svdvals = new("aten::linalg_svdvals");
        private static readonly Operator s_eigh = new("aten::linalg_eigh");
        private static readonly Operator s_eigvalsh = new("aten::linalg_eigvalsh");
        private static readonly Operator s_qr = new("aten::linalg_qr");
        private static readonly Operator s_cholesky = new("aten::linalg_cholesky");
        private static readonly Operator s_multi_dot = new("aten::linalg_multi_dot");
        private static readonly Operator s_matrix_exp = new("aten::linalg_matrix_exp");
        private static readonly Operator s_cross = new("aten::linalg_cross");

        /// <summary>How much of Q and R to compute.</summary>
        public enum QRMode
        {
            Reduced = 0,
            Complete = 1,
            R = 2,
        }

        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) => s_norm.Call([input, Argument.None, dims, keepdim]);

        public static Tensor norm(Tensor input, int ord, long[]? dims = null, bool keepdim = false) => s_norm.Call([input, (Scalar)ord, dims, keepdim]);

        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) => s_norm.Call([input, (Scalar)ord, dims, keepdim]);

        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false) => s_norm_ord_str.Call([input, ord, dims, keepdim]);

        public static Tensor vector_norm(Tensor input, double ord = 2, long[]? dims = null, bool keepdim = false) => s_vector_norm.Call([input, (Scalar)ord, dims, keepdim]);

        public static Tensor matrix_norm(Tensor input, string ord = "fro", long[]? dims = null, bool keepdim = false) =>
            s_matrix_norm_str_ord.Call([input, ord, dims ?? [-2, -1], keepdim]);

        public static Tensor matrix_norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            s_matrix_norm.Call([input, (Scalar)ord, dims ?? [-2, -1], keepdim]);

        public static Tensor inv(Tensor input) => s_inv.Call([input]);

        public static Tensor det(Tensor input) => s_det.Call([input]);

        public static (Tensor, Tensor) slogdet(Tensor input) => s_slogdet.CallPair([input]);

        public static Tensor solve(Tensor A, Tensor B, bool left = true) => left ? s_solve.Call([A, B]) : SolveFromTheRight(A, B);

        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true)
        {
            var parts = s_svd.CallMany([input, fullMatrices]);
            return (parts[0], parts[1], parts[2]);
        }

        public static Tensor svdvals(Tensor input) => s_svdvals.Call([input]);

        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') => s_eigh.CallPair([input, UPLO.ToString()]);

        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => s_eigvalsh.Call([input, UPLO.ToString()]);

        public static (Tensor Q, Tensor R) qr(Tensor input, QRMode mode = QRMode.Reduced) => s_qr.CallPair([input, mode == QRMode.R ? "r" : mode.ToString().ToLowerInvariant()]);

        public static Tensor cholesky(Tensor input) => s_cholesky.Call([input]);

        public static Tensor multi_dot(IList<Tensor> tensors) => s_multi_dot.Call([Argument.List(tensors)]);

        public static Tensor matrix_exp(Tensor input) => s_matrix_exp.Call([input]);

        public static Tensor cross(Tensor input, Tensor other, long dim = -1) => s_cross.Call([input, other, dim]);

        /// <summary>X with X A = B, from A' X' = B'.</summary>
        private static Tensor SolveFromTheRight(Tensor A, Tensor B)
        {
            using var a = A.mT;
            using var b = B.mT;
            using var x = s_solve.Call([a, b]);
            return x.mT;
        }
    }
}
