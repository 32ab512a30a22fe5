namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_logical_not = new("aten::logical_not");
        private static readonly Operator s_logical_not_ = new("aten::logical_not_");
        private static readonly Operator s_bitwise_not = new("aten::bitwise_not");
        private static readonly Operator s_bitwise_not_ = new("aten::bitwise_not_");
        private static readonly Operator s_logical_and = new("aten::logical_and");
        private static readonly Operator s_bitwise_and_Tensor = new("aten::bitwise_and", "Tensor");
        private static readonly Operator s_logical_and_ = new("aten::logical_and_");
        private static readonly Operator s_bitwise_and__Tensor = new("aten::bitwise_and_", "Tensor");
        private static readonly Operator s_logical_or = new("aten::logical_or");
        private static readonly Operator s_bitwise_or_Tensor = new("aten::bitwise_or", "Tensor");
        private static readonly Operator s_logical_or_ = new("aten::logical_or_");
        private static readonly Operator s_bitwise_or__Tensor = new("aten::bitwise_or_", "Tensor");
        private static readonly Operator s_logical_xor = new("aten::logical_xor");
        private static readonly Operator s_bitwise_xor_Tensor = new("aten::bitwise_xor", "Tensor");
        private static readonly Operator s_logical_xor_ = new("aten::logical_xor_");
        private static readonly Operator s_bitwise_xor__Tensor = new("aten::bitwise_xor_", "Tensor");
        private static readonly Operator s_bitwise_left_shift_Tensor = new("aten::bitwise_left_shift", "Tensor");
        private static readonly Operator s_bitwise_left_shift__Tensor = new("aten::bitwise_left_shift_", "Tensor");
        private static readonly Operator s_bitwise_right_shift_Tensor = new("aten::bitwise_right_shift", "Tensor");
        private static readonly Operator s_bitwise_right_shift__Tensor = new("aten::bitwise_right_shift_", "Tensor");

        public Tensor logical_not() => s_logical_not.Call([this]);

        public Tensor logical_not_() => s_logical_not_.CallInPlace(this, [this]);

        public Tensor bitwise_not() => s_bitwise_not.Call([this]);

        public Tensor bitwise_not_() => s_bitwise_not_.CallInPlace(this, [this]);

        public Tensor logical_and(Tensor other) => s_logical_and.Call([this, other]);

        public Tensor bitwise_and(Tensor other) => s_bitwise_and_Tensor.Call([this, other]);

        public Tensor logical_and_(Tensor other) => s_logical_and_.CallInPlace(this, [this, other]);

        public Tensor bitwise_and_(Tensor other) => s_bitwise_and__Tensor.CallInPlace(this, [this, other]);

        public Tensor logical_or(Tensor other) => s_logical_or.Call([this, other]);

        public Tensor bitwise_or(Tensor other) => s_bitwise_or_Tensor.Call([this, other]);

        public Tensor logical_or_(Tensor other) => s_logical_or_.CallInPlace(this, [this, other]);

        public Tensor bitwise_or_(Tensor other) => s_bitwise_or__Tensor.CallInPlace(this, [this, other]);

        public Tensor logical_xor(Tensor other) => s_logical_xor.Call([this, other]);

        public Tensor bitwise_xor(Tensor other) => s_bitwise_xor_Tensor.Call([this, other]);

        public Tensor logical_xor_(Tensor other) => s_logical_xor_.CallInPlace(this, [this, other]);

        public Tensor bitwise_xor_(Tensor other) => s_bitwise_xor__Tensor.CallInPlace(this, [this, other]);

        public Tensor bitwise_left_shift(Tensor other) => s_bitwise_left_shift_Tensor.Call([this, other]);

        public Tensor bitwise_left_shift_(Tensor other) => s_bitwise_left_shift__Tensor.CallInPlace(this, [this, other]);

        public Tensor bitwise_right_shift(Tensor other) => s_bitwise_right_shift_Tensor.Call([this, other]);

        public Tensor bitwise_right_shift_(Tensor other) => s_bitwise_right_shift__Tensor.CallInPlace(this, [this, other]);
    }

    public static Tensor logical_not(Tensor input) => input.logical_not();

    public static Tensor bitwise_not(Tensor input) => input.bitwise_not();

    public static Tensor bitwise_not_(Tensor input) => input.bitwise_not_();

    public static Tensor logical_and(Tensor left, Tensor right) => left.logical_and(right);

    public static Tensor bitwise_and(Tensor left, Tensor right) => left.bitwise_and(right);

    public static Tensor logical_and_(Tensor left, Tensor right) => left.logical_and_(right);

    public static Tensor bitwise_and_(Tensor left, Tensor right) => left.bitwise_and_(right);

    public static Tensor logical_or(Tensor left, Tensor right) => left.logical_or(right);

    public static Tensor bitwise_or(Tensor left, Tensor right) => left.bitwise_or(right);

    public static Tensor logical_or_(Tensor left, Tensor right) => left.logical_or_(right);

    public static Tensor bitwise_or_(Tensor left, Tensor right) => left.bitwise_or_(right);

    public static Tensor logical_xor(Tensor left, Tensor right) => left.logical_xor(right);

    public static Tensor bitwise_xor(Tensor left, Tensor right) => left.bitwise_xor(right);

    public static Tensor logical_xor_(Tensor left, Tensor right) => left.logical_xor_(right);

    public static Tensor bitwise_xor_(Tensor left, Tensor right) => left.bitwise_xor_(right);

    public static Tensor bitwise_left_shift(Tensor left, Tensor right) => left.bitwise_left_shift(right);

    public static Tensor bitwise_left_shift_(Tensor left, Tensor right) => left.bitwise_left_shift_(right);

    public static Tensor bitwise_right_shift(Tensor left, Tensor right) => left.bitwise_right_shift(right);

    public static Tensor bitwise_right_shift_(Tensor left, Tensor right) => left.bitwise_right_shift_(right);
}
