using System.Globalization;
using Microsoft.CodeAnalysis;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Usage;

/// <summary>The numbers that an option accepts, as its [Range] says.</summary>
internal sealed class ValidRange
{
    private const string RangeAttribute = "System.ComponentModel.DataAnnotations.RangeAttribute";

    private readonly double _minimum;
    private readonly double _maximum;
    private readonly bool _withoutMinimum;
    private readonly bool _withoutMaximum;

    private ValidRange(double minimum, double maximum, AttributeData attribute)
    {
        _minimum = minimum;
        _maximum = maximum;
        _withoutMinimum = attribute.NamedArgument<bool>("MinimumIsExclusive");
        _withoutMaximum = attribute.NamedArgument<bool>("MaximumIsExclusive");
    }

    /// <summary>The range of a property or parameter; null where it declares none.</summary>
    public static ValidRange? Of(ISymbol option)
    {
        var attribute = option.FindAttribute(RangeAttribute);
        return attribute?.ConstructorArguments is { Length: 2 } limits
            && limits[0].Value is int or double && limits[1].Value is int or double
                ? new ValidRange(Number(limits[0]), Number(limits[1]), attribute)
                : null;
    }

    public bool Contains(double value) =>
        (_withoutMinimum ? value > _minimum : value >= _minimum) && (_withoutMaximum ? value < _maximum : value <= _maximum);

    /// <summary>As in "must be greater than 0 and at most 1".</summary>
    public override string ToString()
    {
        var minimum = $"{(_withoutMinimum ? "greater than" : "at least")} {Text(_minimum)}";
        return _maximum switch
        {
            double.MaxValue => $"finite and {minimum}",
            int.MaxValue or long.MaxValue => minimum,
            _ => $"{minimum} and {(_withoutMaximum ? "less than" : "at most")} {Text(_maximum)}",
        };
    }

    private static double Number(TypedConstant limit) => Convert.ToDouble(limit.Value, CultureInfo.InvariantCulture);

    private static string Text(double limit) => limit.ToString(CultureInfo.InvariantCulture);
}
