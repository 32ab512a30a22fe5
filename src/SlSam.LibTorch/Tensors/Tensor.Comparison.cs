namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_eq_Tensor = new("aten::eq", "Tensor");
        private static readonly Operator s_eq_Scalar = new("aten::eq", "Scalar");
        private static readonly Operator s_eq__Tensor = new("aten::eq_", "Tensor");
        private static readonly Operator s_eq__Scalar = new("aten::eq_", "Scalar");
        private static readonly Operator s_ne_Tensor = new("aten::ne", "Tensor");
        private static readonly Operator s_ne_Scalar = new("aten::ne", "Scalar");
        private static readonly Operator s_ne__Tensor = new("aten::ne_", "Tensor");
        private static readonly Operator s_ne__Scalar = new("aten::ne_", "Scalar");
        private static readonly Operator s_lt_Tensor = new("aten::lt", "Tensor");
        private static readonly Operator s_lt_Scalar = new("aten::lt", "Scalar");
        private static readonly Operator s_lt__Tensor = new("aten::lt_", "Tensor");
        private static readonly Operator s_lt__Scalar = new("aten::lt_", "Scalar");
        private static readonly Operator s_le_Tensor = new("aten::le", "Tensor");
        private static readonly Operator s_le_Scalar = new("aten::le", "Scalar");
        private static readonly Operator s_le__Tensor = new("aten::le_", "Tensor");
        private static readonly Operator s_le__Scalar = new("aten::le_", "Scalar");
        private static readonly Operator s_gt_Tensor = new("aten::gt", "Tensor");
        private static readonly Operator s_gt_Scalar = new("aten::gt", "Scalar");
        private static readonly Operator s_gt__Tensor = new("aten::gt_", "Tensor");
        private static readonly Operator s_gt__Scalar = new("aten::gt_", "Scalar");
        private static readonly Operator s_ge_Tensor = new("aten::ge", "Tensor");
        private static readonly Operator s_ge_Scalar = new("aten::ge", "Scalar");
        private static readonly Operator s_ge__Tensor = new("aten::ge_", "Tensor");
        private static readonly Operator s_ge__Scalar = new("aten::ge_", "Scalar");
        private static readonly Operator s_allclose = new("aten::allclose");
        private static readonly Operator s_isclose = new("aten::isclose");
        private static readonly Operator s_isin_Tensor_Tensor = new("aten::isin", "Tensor_Tensor");

        public Tensor eq(Tensor target) => s_eq_Tensor.Call([this, target]);

        public Tensor eq(Scalar target) => s_eq_Scalar.Call([this, target]);

        public Tensor eq_(Tensor target) => s_eq__Tensor.CallInPlace(this, [this, target]);

        public Tensor eq_(Scalar target) => s_eq__Scalar.CallInPlace(this, [this, target]);

        public Tensor ne(Tensor target) => s_ne_Tensor.Call([this, target]);

        public Tensor ne(Scalar target) => s_ne_Scalar.Call([this, target]);

        public Tensor ne_(Tensor target) => s_ne__Tensor.CallInPlace(this, [this, target]);

        public Tensor ne_(Scalar target) => s_ne__Scalar.CallInPlace(this, [this, target]);

        public Tensor lt(Tensor target) => s_lt_Tensor.Call([this, target]);

        public Tensor lt(Scalar target) => s_lt_Scalar.Call([this, target]);

        public Tensor lt_(Tensor target) => s_lt__Tensor.CallInPlace(this, [this, target]);

        public Tensor lt_(Scalar target) => s_lt__Scalar.CallInPlace(this, [this, target]);

        public Tensor le(Tensor target) => s_le_Tensor.Call([this, target]);

        public Tensor le(Scalar target) => s_le_Scalar.Call([this, target]);

        public Tensor le_(Tensor target) => s_le__Tensor.CallInPlace(this, [this, target]);

        public Tensor le_(Scalar target) => s_le__Scalar.CallInPlace(this, [this, target]);

        public Tensor gt(Tensor target) => s_gt_Tensor.Call([this, target]);

        public Tensor gt(Scalar target) => s_gt_Scalar.Call([this, target]);

        public Tensor gt_(Tensor target) => s_gt__Tensor.CallInPlace(this, [this, target]);

        public Tensor gt_(Scalar target) => s_gt__Scalar.CallInPlace(this, [this, target]);

        public Tensor ge(Tensor target) => s_ge_Tensor.Call([this, target]);

        public Tensor ge(Scalar target) => s_ge_Scalar.Call([this, target]);

        public Tensor ge_(Tensor target) => s_ge__Tensor.CallInPlace(this, [this, target]);

        public Tensor ge_(Scalar target) => s_ge__Scalar.CallInPlace(this, [this, target]);

        public Tensor equal(Tensor target) => eq(target);

        public Tensor not_equal(Tensor target) => ne(target);

        public Tensor less(Tensor target) => lt(target);

        public Tensor less_equal(Tensor target) => le(target);

        public Tensor greater(Tensor target) => gt(target);

        public Tensor greater_equal(Tensor target) => ge(target);

        public Tensor not_equal_(Tensor target) => ne_(target);

        public Tensor less_equal_(Tensor target) => le_(target);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) => s_allclose.CallBool([this, target, rtol, atol, equal_nan]);

        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) => s_isclose.Call([this, other, rtol, atol, nanEqual]);

        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false) => s_isin_Tensor_Tensor.Call([this, test_elements, assumeUnique, invert]);
    }

    public static Tensor eq(Tensor left, Tensor right) => left.eq(right);

    public static Tensor ne(Tensor left, Tensor right) => left.ne(right);

    public static Tensor lt(Tensor left, Tensor right) => left.lt(right);

    public static Tensor le(Tensor left, Tensor right) => left.le(right);

    public static Tensor gt(Tensor left, Tensor right) => left.gt(right);

    public static Tensor ge(Tensor left, Tensor right) => left.ge(right);

    public static Tensor equal(Tensor tensor, Tensor target) => tensor.equal(target);

    public static Tensor not_equal(Tensor tensor, Tensor target) => tensor.not_equal(target);

    public static Tensor less(Tensor tensor, Tensor target) => tensor.less(target);

    public static Tensor less_equal(Tensor tensor, Tensor target) => tensor.less_equal(target);

    public static Tensor greater(Tensor tensor, Tensor target) => tensor.greater(target);

    public static Tensor greater_equal(Tensor tensor, Tensor target) => tensor.greater_equal(target);

    public static bool allclose(Tensor tensor, Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) => tensor.allclose(target, rtol, atol, equal_nan);

    public static Tensor isclose(Tensor tensor, Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) => tensor.isclose(other, rtol, atol, nanEqual);

    public static Tensor isin(Tensor tensor, Tensor test_elements, bool assumeUnique = false, bool invert = false) => tensor.isin(test_elements, assumeUnique, invert);
}
