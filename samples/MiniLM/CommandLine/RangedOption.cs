using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace MiniLM.CommandLine;

/// <summary>Options whose descriptions say what is valid, and whose errors too.</summary>
public static class RangedOption
{
    /// <summary>One of several words.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="otherwise">The default.</param>
    /// <param name="values">All that are valid.</param>
    public static Option<string> Choice(string name, string description, string otherwise, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => otherwise };
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    /// <summary>A whole number.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="least">The least that is valid.</param>
    /// <param name="most">The most.</param>
    /// <param name="otherwise">The default.</param>
    public static Option<int> Whole(string name, string description, int least, int most, int otherwise) => new(name)
    {
        Description = $"{description} [{least} to {most}]",
        HelpName = "number",
        DefaultValueFactory = _ => otherwise,
        CustomParser = result => Whole(result, name, least, most) ?? 0,
    };

    /// <summary>A whole number, whose default depends on something else.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="least">The least that is valid.</param>
    /// <param name="most">The most.</param>
    /// <param name="otherwise">What the default is, in words.</param>
    public static Option<int?> Whole(string name, string description, int least, int most, string otherwise) => new(name)
    {
        Description = $"{description} [{least} to {most}; default: {otherwise}]",
        HelpName = "number",
        CustomParser = result => Whole(result, name, least, most),
    };

    /// <summary>A number above one and up to another, whose default depends on something else.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="above">What it must be above.</param>
    /// <param name="most">The most that is valid.</param>
    /// <param name="otherwise">What the default is, in words.</param>
    public static Option<double?> Fraction(string name, string description, double above, double most, string otherwise) => new(name)
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"{description} [above {above}, at most {most}; default: {otherwise}]"),
        HelpName = "number",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > above && value <= most)
                return value;
            result.AddError(
                string.Create(CultureInfo.InvariantCulture, $"{name} is '{text}'; valid is a number above {above} and at most {most}."));
            return null;
        },
    };

    private static int? Whole(ArgumentResult result, string name, int least, int most)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most)
            return value;
        result.AddError($"{name} is '{text}'; valid is a whole number from {least} to {most}.");
        return null;
    }
}
