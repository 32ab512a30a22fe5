namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_add_Tensor = new("aten::add", "Tensor");
        private static readonly Operator s_add_Scalar = new("aten::add", "Scalar");
        private static readonly Operator s_add__Tensor = new("aten::add_", "Tensor");
        private static readonly Operator s_add__Scalar = new("aten::add_", "Scalar");
        private static readonly Operator s_sub_Tensor = new("aten::sub", "Tensor");
        private static readonly Operator s_sub_Scalar = new("aten::sub", "Scalar");
        private static readonly Operator s_sub__Tensor = new("aten::sub_", "Tensor");
        private static readonly Operator s_sub__Scalar = new("aten::sub_", "Scalar");
        private static readonly Operator s_mul_Tensor = new("aten::mul", "Tensor");
        private static readonly Operator s_mul_Scalar = new("aten::mul", "Scalar");
        private static readonly Operator s_mul__Tensor = new("aten::mul_", "Tensor");
        private static readonly Operator s_mul__Scalar = new("aten::mul_", "Scalar");
        private static readonly Operator s_div_Tensor_mode = new("aten::div", "Tensor_mode");
        private static readonly Operator s_div_Scalar_mode = new("aten::div", "Scalar_mode");
        private static readonly Operator s_div__Tensor_mode = new("aten::div_", "Tensor_mode");
        private static readonly Operator s_div__Scalar_mode = new("aten::div_", "Scalar_mode");
        private static readonly Operator s_floor_divide = new("aten::floor_divide");
        private static readonly Operator s_floor_divide_Scalar = new("aten::floor_divide", "Scalar");
        private static readonly Operator s_floor_divide__Tensor = new("aten::floor_divide_", "Tensor");
        private static readonly Operator s_floor_divide__Scalar = new("aten::floor_divide_", "Scalar");
        private static readonly Operator s_remainder_Tensor = new("aten::remainder", "Tensor");
        private static readonly Operator s_remainder_Scalar = new("aten::remainder", "Scalar");
        private static readonly Operator s_remainder__Tensor = new("aten::remainder_", "Tensor");
        private static readonly Operator s_remainder__Scalar = new("aten::remainder_", "Scalar");
        private static readonly Operator s_fmod_Tensor = new("aten::fmod", "Tensor");
        private static readonly Operator s_fmod_Scalar = new("aten::fmod", "Scalar");
        private static readonly Operator s_fmod__Tensor = new("aten::fmod_", "Tensor");
        private static readonly Operator s_fmod__Scalar = new("aten::fmod_", "Scalar");
        private static readonly Operator s_maximum = new("aten::maximum");
        private static readonly Operator s_minimum = new("aten::minimum");
        private static readonly Operator s_fmax = new("aten::fmax");
        private static readonly Operator s_fmin = new("aten::fmin");
        private static readonly Operator s_gcd = new("aten::gcd");
        private static readonly Operator s_gcd_ = new("aten::gcd_");
        private static readonly Operator s_lcm = new("aten::lcm");
        private static readonly Operator s_lcm_ = new("aten::lcm_");

        public Tensor add(Tensor target) => s_add_Tensor.Call([this, target]);

        public Tensor add(Tensor target, Scalar alpha) => s_add_Tensor.Call([this, target, alpha]);

        public Tensor add(Scalar scalar) => s_add_Scalar.Call([this, scalar]);

        public Tensor add(Scalar scalar, Scalar alpha) => s_add_Scalar.Call([this, scalar, alpha]);

        public Tensor add_(Tensor target) => s_add__Tensor.CallInPlace(this, [this, target]);

        public Tensor add_(Tensor target, Scalar alpha) => s_add__Tensor.CallInPlace(this, [this, target, alpha]);

        public Tensor add_(Scalar scalar) => s_add__Scalar.CallInPlace(this, [this, scalar]);

        public Tensor add_(Scalar scalar, Scalar alpha) => s_add__Scalar.CallInPlace(this, [this, scalar, alpha]);

        public Tensor sub(Tensor target) => s_sub_Tensor.Call([this, target]);

        public Tensor sub(Scalar target) => s_sub_Scalar.Call([this, target]);

        public Tensor sub_(Tensor target) => s_sub__Tensor.CallInPlace(this, [this, target]);

        public Tensor sub_(Scalar target) => s_sub__Scalar.CallInPlace(this, [this, target]);

        public Tensor subtract(Tensor target) => sub(target);

        public Tensor subtract(Scalar target) => sub(target);

        public Tensor subtract_(Tensor target) => sub_(target);

        public Tensor subtract_(Scalar target) => sub_(target);

        public Tensor mul(Tensor target) => s_mul_Tensor.Call([this, target]);

        public Tensor mul(Scalar target) => s_mul_Scalar.Call([this, target]);

        public Tensor mul_(Tensor target) => s_mul__Tensor.CallInPlace(this, [this, target]);

        public Tensor mul_(Scalar target) => s_mul__Scalar.CallInPlace(this, [this, target]);

        public Tensor multiply(Tensor target) => mul(target);

        public Tensor multiply(Scalar target) => mul(target);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => s_div_Tensor_mode.Call([this, target, NameOf(rounding_mode)]);

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => s_div_Scalar_mode.Call([this, target, NameOf(rounding_mode)]);

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => s_div__Tensor_mode.CallInPlace(this, [this, target, NameOf(rounding_mode)]);

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => s_div__Scalar_mode.CallInPlace(this, [this, target, NameOf(rounding_mode)]);

        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        public Tensor true_divide(Tensor other) => div(other);

        public Tensor true_divide(Scalar other) => div(other);

        public Tensor true_divide_(Tensor other) => div_(other);

        public Tensor true_divide_(Scalar other) => div_(other);

        public Tensor floor_divide(Tensor other) => s_floor_divide.Call([this, other]);

        public Tensor floor_divide(Scalar other) => s_floor_divide_Scalar.Call([this, other]);

        public Tensor floor_divide_(Tensor other) => s_floor_divide__Tensor.CallInPlace(this, [this, other]);

        public Tensor floor_divide_(Scalar other) => s_floor_divide__Scalar.CallInPlace(this, [this, other]);

        public Tensor remainder(Tensor target) => s_remainder_Tensor.Call([this, target]);

        public Tensor remainder(Scalar scalar) => s_remainder_Scalar.Call([this, scalar]);

        public Tensor remainder_(Tensor target) => s_remainder__Tensor.CallInPlace(this, [this, target]);

        public Tensor remainder_(Scalar scalar) => s_remainder__Scalar.CallInPlace(this, [this, scalar]);

        public Tensor fmod(Tensor target) => s_fmod_Tensor.Call([this, target]);

        public Tensor fmod(Scalar scalar) => s_fmod_Scalar.Call([this, scalar]);

        public Tensor fmod_(Tensor target) => s_fmod__Tensor.CallInPlace(this, [this, target]);

        public Tensor fmod_(Scalar scalar) => s_fmod__Scalar.CallInPlace(this, [this, scalar]);

        public Tensor maximum(Tensor other) => s_maximum.Call([this, other]);

        public Tensor minimum(Tensor other) => s_minimum.Call([this, other]);

        public Tensor fmax(Tensor other) => s_fmax.Call([this, other]);

        public Tensor fmin(Tensor other) => s_fmin.Call([this, other]);

        public Tensor gcd(Tensor other) => s_gcd.Call([this, other]);

        public Tensor gcd_(Tensor other) => s_gcd_.CallInPlace(this, [this, other]);

        public Tensor lcm(Tensor other) => s_lcm.Call([this, other]);

        public Tensor lcm_(Tensor other) => s_lcm_.CallInPlace(this, [this, other]);
    }

    public static Tensor add(Tensor left, Tensor right) => left.add(right);

    public static Tensor add(Tensor left, Tensor right, Scalar alpha) => left.add(right, alpha);

    public static Tensor add(Tensor left, Scalar right) => left.add(right);

    public static Tensor add(Tensor left, Scalar right, Scalar alpha) => left.add(right, alpha);

    public static Tensor add_(Tensor left, Tensor right) => left.add_(right);

    public static Tensor add_(Tensor left, Tensor right, Scalar alpha) => left.add_(right, alpha);

    public static Tensor add_(Tensor left, Scalar right) => left.add_(right);

    public static Tensor add_(Tensor left, Scalar right, Scalar alpha) => left.add_(right, alpha);

    public static Tensor sub(Tensor left, Tensor right) => left.sub(right);

    public static Tensor sub(Tensor left, Scalar right) => left.sub(right);

    public static Tensor sub_(Tensor left, Tensor right) => left.sub_(right);

    public static Tensor sub_(Tensor left, Scalar right) => left.sub_(right);

    public static Tensor subtract(Tensor left, Tensor right) => left.subtract(right);

    public static Tensor subtract(Tensor left, Scalar right) => left.subtract(right);

    public static Tensor subtract_(Tensor left, Tensor right) => left.subtract_(right);

    public static Tensor subtract_(Tensor left, Scalar right) => left.subtract_(right);

    public static Tensor mul(Tensor left, Tensor right) => left.mul(right);

    public static Tensor mul(Tensor left, Scalar right) => left.mul(right);

    public static Tensor mul_(Tensor left, Tensor right) => left.mul_(right);

    public static Tensor mul_(Tensor left, Scalar right) => left.mul_(right);

    public static Tensor multiply(Tensor left, Tensor right) => left.multiply(right);

    public static Tensor multiply(Tensor left, Scalar right) => left.multiply(right);

    public static Tensor div(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.div(right, rounding_mode);

    public static Tensor div(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) => left.div(right, rounding_mode);

    public static Tensor div_(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.div_(right, rounding_mode);

    public static Tensor div_(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) => left.div_(right, rounding_mode);

    public static Tensor divide(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.divide(right, rounding_mode);

    public static Tensor divide(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) => left.divide(right, rounding_mode);

    public static Tensor divide_(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.divide_(right, rounding_mode);

    public static Tensor true_divide(Tensor dividend, Tensor divisor) => dividend.true_divide(divisor);

    public static Tensor true_divide_(Tensor dividend, Tensor divisor) => dividend.true_divide_(divisor);

    public static Tensor floor_divide(Tensor input, Tensor other) => input.floor_divide(other);

    public static Tensor floor_divide_(Tensor input, Tensor other) => input.floor_divide_(other);

    public static Tensor remainder(Tensor left, Tensor right) => left.remainder(right);

    public static Tensor remainder(Tensor left, Scalar right) => left.remainder(right);

    public static Tensor remainder_(Tensor left, Tensor right) => left.remainder_(right);

    public static Tensor remainder_(Tensor left, Scalar right) => left.remainder_(right);

    public static Tensor fmod(Tensor left, Tensor right) => left.fmod(right);

    public static Tensor fmod(Tensor left, Scalar right) => left.fmod(right);

    public static Tensor fmod_(Tensor left, Tensor right) => left.fmod_(right);

    public static Tensor fmod_(Tensor left, Scalar right) => left.fmod_(right);

    public static Tensor maximum(Tensor input, Tensor other) => input.maximum(other);

    public static Tensor minimum(Tensor input, Tensor other) => input.minimum(other);

    public static Tensor fmax(Tensor input, Tensor other) => input.fmax(other);

    public static Tensor fmin(Tensor input, Tensor other) => input.fmin(other);

    public static Tensor gcd(Tensor left, Tensor right) => left.gcd(right);

    public static Tensor gcd_(Tensor left, Tensor right) => left.gcd_(right);

    public static Tensor lcm(Tensor input, Tensor other) => input.lcm(other);

    public static Tensor lcm_(Tensor input, Tensor other) => input.lcm_(other);
}
