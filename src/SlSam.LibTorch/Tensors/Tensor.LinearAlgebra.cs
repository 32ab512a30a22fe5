namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_matmul = new("aten::matmul");
        private static readonly Operator s_mm = new("aten::mm");
        private static readonly Operator s_bmm = new("aten::bmm");
        private static readonly Operator s_mv = new("aten::mv");
        private static readonly Operator s_dot = new("aten::dot");
        private static readonly Operator s_vdot = new("aten::vdot");
        private static readonly Operator s_inner = new("aten::inner");
        private static readonly Operator s_outer = new("aten::outer");
        private static readonly Operator s_kron = new("aten::kron");
        private static readonly Operator s_addmm = new("aten::addmm");
        private static readonly Operator s_addmm_ = new("aten::addmm_");
        private static readonly Operator s_addmv = new("aten::addmv");
        private static readonly Operator s_addbmm = new("aten::addbmm");
        private static readonly Operator s_baddbmm = new("aten::baddbmm");
        private static readonly Operator s_addr = new("aten::addr");
        private static readonly Operator s_addmv_ = new("aten::addmv_");
        private static readonly Operator s_addbmm_ = new("aten::addbmm_");
        private static readonly Operator s_addr_ = new("aten::addr_");
        private static readonly Operator s_adjoint = new("aten::adjoint");
        private static readonly Operator s_renorm = new("aten::renorm");
        private static readonly Operator s_cholesky_inverse = new("aten::cholesky_inverse");
        private static readonly Operator s_cholesky_solve = new("aten::cholesky_solve");
        private static readonly Operator s_tensordot = new("aten::tensordot");
        private static readonly Operator s_matrix_exp = new("aten::matrix_exp");
        private static readonly Operator s_matrix_power = new("aten::matrix_power");
        private static readonly Operator s_inverse = new("aten::inverse");
        private static readonly Operator s_det = new("aten::det");
        private static readonly Operator s_logdet = new("aten::logdet");
        private static readonly Operator s_linalg_pinv = new("aten::linalg_pinv");

        public Tensor matmul(Tensor target) => s_matmul.Call([this, target]);

        public Tensor mm(Tensor target) => s_mm.Call([this, target]);

        public Tensor bmm(Tensor batch2) => s_bmm.Call([this, batch2]);

        public Tensor mv(Tensor target) => s_mv.Call([this, target]);

        public Tensor dot(Tensor target) => s_dot.Call([this, target]);

        public Tensor vdot(Tensor target) => s_vdot.Call([this, target]);

        public Tensor inner(Tensor vec2) => s_inner.Call([this, vec2]);

        public Tensor outer(Tensor vec2) => s_outer.Call([this, vec2]);

        public Tensor ger(Tensor vec2) => outer(vec2);

        public Tensor kron(Tensor other) => s_kron.Call([this, other]);

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => s_addmm.Call([this, mat1, mat2, beta, alpha]);

        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => s_addmm_.CallInPlace(this, [this, mat1, mat2, beta, alpha]);

        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1, float alpha = 1) => s_addmv.Call([this, mat, vec, beta, alpha]);

        public Tensor addbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => s_addbmm.Call([this, batch1, batch2, beta, alpha]);

        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => s_baddbmm.Call([this, batch1, batch2, beta, alpha]);

        public Tensor addr(Tensor vec1, Tensor vec2, float beta = 1, float alpha = 1) => s_addr.Call([this, vec1, vec2, beta, alpha]);

        public Tensor addmv_(Tensor mat, Tensor vec, float beta = 1, float alpha = 1) => s_addmv_.CallInPlace(this, [this, mat, vec, beta, alpha]);

        public Tensor addbmm_(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => s_addbmm_.CallInPlace(this, [this, batch1, batch2, beta, alpha]);

        public Tensor addr_(Tensor vec1, Tensor vec2, float beta = 1, float alpha = 1) => s_addr_.CallInPlace(this, [this, vec1, vec2, beta, alpha]);

        public Tensor tensordot(Tensor b, long dims = 2) => tensordot(b, LastDimensions(dim(), dims), FirstDimensions(dims));

        public Tensor adjoint() => s_adjoint.Call([this]);

        public Tensor renorm(float p, long dim, float maxnorm) => s_renorm.Call([this, p, dim, maxnorm]);

        public Tensor cholesky_inverse(bool upper = false) => s_cholesky_inverse.Call([this, upper]);

        public Tensor cholesky_solve(Tensor input2, bool upper = false) => s_cholesky_solve.Call([this, input2, upper]);

        public Tensor tensordot(Tensor b, long[] dims1, long[] dims2) => s_tensordot.Call([this, b, dims1, dims2]);

        public Tensor matrix_exp() => s_matrix_exp.Call([this]);

        public Tensor matrix_power(int n) => s_matrix_power.Call([this, n]);

        public Tensor inverse() => s_inverse.Call([this]);

        public Tensor det() => s_det.Call([this]);

        public Tensor logdet() => s_logdet.Call([this]);

        public Tensor pinverse(double rcond = 1e-15, bool hermitian = false) => s_linalg_pinv.Call([this, rcond, hermitian]);
    }

    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);

    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);

    public static Tensor mv(Tensor input, Tensor target) => input.mv(target);

    public static Tensor dot(Tensor input, Tensor other) => input.dot(other);

    public static Tensor vdot(Tensor input, Tensor target) => input.vdot(target);

    public static Tensor inner(Tensor input, Tensor vec2) => input.inner(vec2);

    public static Tensor outer(Tensor input, Tensor vec2) => input.outer(vec2);

    public static Tensor ger(Tensor input, Tensor vec2) => input.ger(vec2);

    public static Tensor kron(Tensor input, Tensor other) => input.kron(other);

    public static Tensor addmm(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmm(mat1, mat2, beta, alpha);

    public static Tensor addmm_(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmm_(mat1, mat2, beta, alpha);

    public static Tensor addmv(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmv(mat1, mat2, beta, alpha);

    public static Tensor addbmm(Tensor input, Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => input.addbmm(batch1, batch2, beta, alpha);

    public static Tensor baddbmm(Tensor input, Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => input.baddbmm(batch1, batch2, beta, alpha);

    public static Tensor addr(Tensor input, Tensor vec1, Tensor vec2, float beta = 1, float alpha = 1) => input.addr(vec1, vec2, beta, alpha);

    public static Tensor addmv_(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmv_(mat1, mat2, beta, alpha);

    public static Tensor addbmm_(Tensor input, Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => input.addbmm_(batch1, batch2, beta, alpha);

    public static Tensor addr_(Tensor input, Tensor vec1, Tensor vec2, float beta = 1, float alpha = 1) => input.addr_(vec1, vec2, beta, alpha);

    public static Tensor tensordot(Tensor a, Tensor b, long dims = 2) => a.tensordot(b, dims);

    public static Tensor adjoint(Tensor input) => input.adjoint();

    public static Tensor renorm(Tensor input, float p, long dim, float maxnorm) => input.renorm(p, dim, maxnorm);

    public static Tensor cholesky_inverse(Tensor input, bool upper = false) => input.cholesky_inverse(upper);

    public static Tensor cholesky_solve(Tensor input, Tensor input2, bool upper = false) => input.cholesky_solve(input2, upper);

    public static Tensor tensordot(Tensor a, Tensor b, long[] dims1, long[] dims2) => a.tensordot(b, dims1, dims2);

    public static Tensor matrix_exp(Tensor input) => input.matrix_exp();

    public static Tensor matrix_power(Tensor input, int n) => input.matrix_power(n);

    public static Tensor inverse(Tensor input) => input.inverse();

    public static Tensor det(Tensor input) => input.det();

    public static Tensor logdet(Tensor input) => input.logdet();

    public static Tensor pinverse(Tensor input, double rcond = 1e-15, bool hermitian = false) => input.pinverse(rcond, hermitian);
}
