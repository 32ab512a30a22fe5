using Microsoft.CodeAnalysis;

namespace SlSam.Generators.Parsing;

/// <summary>The names that generated code declares in a model or uses inside its methods.</summary>
internal static class EmittedNames
{
    public const string Generator = "SlSam.Generators";

    public const string AddLayers = "AddLayers";
    public const string CreateLayers = "CreateLayers";
    public const string AddLoraPairs = "AddLoraPairs";
    public const string CreateLoraPairs = "CreateLoraPairs";
    public const string RegisterComponents = "RegisterComponents";
    public const string Forward = "forward";
    public const string ForwardTo = "ForwardTo";
    public const string ForwardFrom = "ForwardFrom";
    public const string RunStage = "RunStage";
    public const string RunStages = "RunStages";
    public const string FirstStage = "FirstStage";
    public const string StageCount = "StageCount";
    public const string Input = "input";
    public const string OptimizerSuffix = "SlSam";

    /// <summary>The members of a staged model, beside its forward.</summary>
    public static IReadOnlyList<string> StagedMembers { get; } = [StageCount, ForwardTo, ForwardFrom, RunStage, RunStages];

    private static readonly HashSet<string> s_locals = new(StringComparer.Ordinal)
    {
        "activation", "end", "first", "i", "last", "layers", "loss", "model", "next", "options", "owned", "pairs", "position", "rule", "scope",
        "slice", "stage", "target",
    };

    private static readonly HashSet<string> s_tupleMembers = new(StringComparer.Ordinal)
    {
        "CompareTo", "Deconstruct", "Equals", "GetHashCode", "Rest", "ToString",
    };

    /// <summary>
    /// Whether a parameter or local of a generated method may have this name. An input of the model gets another, and a member is reached
    /// through <c>this</c>.
    /// </summary>
    public static bool IsLocal(string name) => s_locals.Contains(name) || IsInput(name);

    /// <summary>Whether an element of a tuple, such as a micro-batch, cannot have this name.</summary>
    public static bool IsTupleMember(string name) => s_tupleMembers.Contains(name) || IsNumbered("Item", name);

    private static bool IsInput(string name) => IsNumbered(Input, name);

    private static bool IsNumbered(string prefix, string name)
        => name.StartsWith(prefix, StringComparison.Ordinal) && name.Skip(prefix.Length).All(char.IsDigit);

    /// <summary>Whether the generator wrote this symbol: an analyzer sees its output, and must understand the model without it.</summary>
    public static bool IsGenerated(this ISymbol symbol)
        => symbol.FindAttribute(TypeNames.GeneratedCodeAttribute) is { ConstructorArguments: { Length: > 0 } arguments }
        && arguments[0].Value is Generator;
}
