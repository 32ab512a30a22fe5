using Microsoft.CodeAnalysis;

namespace SlSam.Generators.Parsing;

/// <summary>The names that generated code declares in a model or uses inside its methods.</summary>
internal static class EmittedNames
{
    public const string Generator = "SlSam.Generators";

    public const string AddLayers = "AddLayers";
    public const string CreateLayers = "CreateLayers";
    public const string RegisterComponents = "RegisterComponents";
    public const string Forward = "forward";
    public const string ForwardTo = "ForwardTo";
    public const string ForwardFrom = "ForwardFrom";
    public const string RunStage = "RunStage";
    public const string RunStages = "RunStages";
    public const string StageCount = "StageCount";
    public const string OptimizerSuffix = "SlSam";

    /// <summary>The members of a staged model, beside its forward.</summary>
    public static IReadOnlyList<string> StagedMembers { get; } = [StageCount, ForwardTo, ForwardFrom, RunStage, RunStages];

    /// <summary>Parameters and locals of the generated methods; an input gets another name, and a member of this name is reached through <c>this</c>.</summary>
    public static IReadOnlyCollection<string> Locals { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "activation", "count", "end", "first", "i", "input", "last", "layers", "loss", "made", "model", "module", "next", "options", "owned",
        "parameter", "result", "rule", "scope", "stage",
    };

    /// <summary>Whether the generator wrote this symbol: an analyzer sees its output, and must understand the model without it.</summary>
    public static bool IsGenerated(this ISymbol symbol)
        => symbol.FindAttribute(TypeNames.GeneratedCodeAttribute) is { ConstructorArguments: { Length: > 0 } arguments } && arguments[0].Value is Generator;
}
