using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SlSam.Generators.Parsing;

/// <summary>What a [SamLayer] says of its member.</summary>
internal sealed record LayerArguments
{
    public string? Name { get; init; }

    /// <summary>-1 when nothing is said of it.</summary>
    public int Stage { get; init; } = -1;

    public bool Expand { get; init; }

    public bool AlwaysActive { get; init; }

    public bool Frozen { get; init; }

    /// <summary>NaN when nothing is said of it.</summary>
    public double Cost { get; init; } = double.NaN;

    public static LayerArguments Of(AttributeData attribute) => new()
    {
        Name = attribute.NamedArgument<string>(nameof(Name)),
        Stage = attribute.NamedArgument(nameof(Stage), -1),
        Expand = attribute.NamedArgument<bool>(nameof(Expand)),
        AlwaysActive = attribute.NamedArgument<bool>(nameof(AlwaysActive)),
        Frozen = attribute.NamedArgument<bool>(nameof(Frozen)),
        Cost = attribute.NamedArgument(nameof(Cost), double.NaN),
    };

    /// <summary>Reads an attribute in source that is known to be [SamLayer].</summary>
    /// <returns>Null when an argument is no literal of its type: what it stands for takes the compiler to find out.</returns>
    public static LayerArguments? Read(AttributeSyntax attribute)
    {
        LayerArguments? read = new();
        if (attribute.ArgumentList is null)
            return read;

        foreach (var argument in attribute.ArgumentList.Arguments)
        {
            var value = (argument.Expression as LiteralExpressionSyntax)?.Token.Value;
            read = (argument.NameEquals?.Name.Identifier.ValueText, value) switch
            {
                (nameof(Name), string name) => read with { Name = name },
                (nameof(Stage), int stage) => read with { Stage = stage },
                (nameof(Expand), bool expand) => read with { Expand = expand },
                (nameof(AlwaysActive), bool alwaysActive) => read with { AlwaysActive = alwaysActive },
                (nameof(Frozen), bool frozen) => read with { Frozen = frozen },
                (nameof(Cost), double cost) => read with { Cost = cost },
                (nameof(Cost), int cost) => read with { Cost = cost },
                _ => null,
            };
            if (read is null)
                return null;
        }

        return read;
    }
}
