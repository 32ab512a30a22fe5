using SlSam.Generators.Parsing;

namespace SlSam.Generators.Emitting;

/// <summary>Spells a model's inputs as a list. There are few, mostly one: joining them by hand makes no garbage.</summary>
internal static class InputText
{
    /// <param name="inputs">The inputs.</param>
    /// <param name="first">What the first is called instead of its name.</param>
    public static string Parameters(EquatableArray<InputSpec> inputs, string? first = null)
    {
        var parameters = $"{inputs[0].Type} {first ?? inputs[0].Name}";
        for (var i = 1; i < inputs.Count; i++)
            parameters += $", {inputs[i].Type} {inputs[i].Name}";
        return parameters;
    }

    /// <inheritdoc cref="Arguments(EquatableArray{InputSpec}, int, string?)"/>
    public static string Arguments(EquatableArray<InputSpec> inputs, string? first = null) => Arguments(inputs, inputs.Count, first);

    /// <param name="inputs">The inputs.</param>
    /// <param name="count">How many of them.</param>
    /// <param name="first">What is passed instead of the first.</param>
    public static string Arguments(EquatableArray<InputSpec> inputs, int count, string? first = null)
    {
        var arguments = first ?? inputs[0].Name;
        for (var i = 1; i < count; i++)
            arguments += $", {inputs[i].Name}";
        return arguments;
    }
}
