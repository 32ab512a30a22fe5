using System.Globalization;
using System.Runtime.CompilerServices;

namespace SlSam;

/// <summary>Checks on numbers where they enter; each message names the argument, its value and what would be valid.</summary>
internal static class Require
{
    public static double Fraction(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value is > 0 and <= 1 ? value : throw OutOfRange(value, "greater than 0 and at most 1", name);

    public static double Probability(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value is >= 0 and <= 1 ? value : throw OutOfRange(value, "in [0, 1]", name);

    public static double BelowOne(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value is >= 0 and < 1 ? value : throw OutOfRange(value, "at least 0 and less than 1", name);

    public static double NonNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= 0 && double.IsFinite(value) ? value : throw OutOfRange(value, "finite and at least 0", name);

    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value > 0 && double.IsFinite(value) ? value : throw OutOfRange(value, "finite and greater than 0", name);

    public static int AtLeastOne(int value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= 1 ? value : throw OutOfRange(value, "at least 1", name);

    public static double AtLeastOne(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= 1 && double.IsFinite(value) ? value : throw OutOfRange(value, "finite and at least 1", name);

    public static long NonNegative(long value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= 0 ? value : throw OutOfRange(value, "at least 0", name);

    public static TEnum Defined<TEnum>(TEnum value, [CallerArgumentExpression(nameof(value))] string? name = null)
        where TEnum : struct, Enum =>
        Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}, but must be one of {string.Join(", ", Enum.GetNames<TEnum>())}.");

    private static ArgumentOutOfRangeException OutOfRange(double value, string valid, string? name) =>
        new(name, value, $"{name} is {value.ToString(CultureInfo.InvariantCulture)}, but must be {valid}.");
}
