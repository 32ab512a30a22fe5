using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using SlSam.Analyzers.Diagnostics;
using SlSam.CodeFixes.Layers;

namespace SlSam.CodeFixes.Registration;

/// <summary>Turns a list or array of modules into a <c>ModuleList</c>, where all that the class does with it stays possible.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseModuleListCodeFix))]
public sealed class UseModuleListCodeFix : TrialCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(RuleIds.PlainCollectionOfModules, RuleIds.UnsupportedMember, RuleIds.HiddenRunningStatistics);

    /// <inheritdoc/>
    protected override string? TitleFor(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(FixProperties.Replacement, out var replacement)
        && replacement!.StartsWith("ModuleList<", StringComparison.Ordinal)
            ? $"Use {replacement}"
            : null;

    /// <inheritdoc/>
    protected override bool TryEdit(DocumentEditor editor, Diagnostic diagnostic, CancellationToken cancellation)
    {
        if (MemberSyntax.At(editor.OriginalRoot, diagnostic) is not { } member
            || member.DeclaredType() is not { } declared
            || ElementOf(declared) is not { } element)
        {
            return false;
        }

        var list = SyntaxFactory.GenericName("ModuleList").AddTypeArgumentListArguments(element.WithoutTrivia());
        editor.ReplaceNode(declared, list.WithTriviaFrom(declared));
        foreach (var value in member.ValuesIn(editor.SemanticModel, cancellation))
        {
            if (Rewrite(value, list) is not { } rewritten)
                return false;
            if (!ReferenceEquals(rewritten, value))
                editor.ReplaceNode(value, rewritten.WithTriviaFrom(value));
        }

        return true;
    }

    private static TypeSyntax? ElementOf(TypeSyntax type) => type switch
    {
        ArrayTypeSyntax { RankSpecifiers: { Count: 1 } ranks } array when ranks[0].Rank == 1 => array.ElementType,
        GenericNameSyntax { TypeArgumentList.Arguments: { Count: 1 } arguments } => arguments[0],
        QualifiedNameSyntax qualified => ElementOf(qualified.Right),
        _ => null,
    };

    /// <summary>The same value as a ModuleList; null where that is not obvious.</summary>
    private static ExpressionSyntax? Rewrite(ExpressionSyntax value, TypeSyntax list)
    {
        switch (value)
        {
            case ImplicitObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 0 }:
                return value;
            case ObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 } } creation:
                return creation.WithType(list.WithTriviaFrom(creation.Type));
            case ArrayCreationExpressionSyntax { Initializer: { } elements }:
                return Create(list, elements.Expressions);
            case ImplicitArrayCreationExpressionSyntax { Initializer: { } elements }:
                return Create(list, elements.Expressions);
            case InitializerExpressionSyntax elements:
                return Create(list, elements.Expressions);
            case not null when value.GetFirstToken().IsKind(SyntaxKind.OpenBracketToken):
                // A collection expression, which this version of Roslyn cannot name, makes a ModuleList too.
                return value;
            default:
                return null;
        }
    }

    private static ObjectCreationExpressionSyntax Create(TypeSyntax list, SeparatedSyntaxList<ExpressionSyntax> elements)
    {
        // A trailing comma is fine between braces and an error between parentheses.
        var separators = elements.GetSeparators().Take(Math.Max(elements.Count - 1, 0));
        var arguments = SyntaxFactory.SeparatedList(
            elements.Select((element, index) =>
                SyntaxFactory.Argument(index == elements.Count - 1 ? element.WithTrailingTrivia() : element)), separators);
        return SyntaxFactory.ObjectCreationExpression(list)
            .WithNewKeyword(SyntaxFactory.Token(SyntaxKind.NewKeyword).WithTrailingTrivia(SyntaxFactory.Space))
            .WithArgumentList(SyntaxFactory.ArgumentList(arguments));
    }
}
