using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using SlSam.Analyzers.Diagnostics;
using SlSam.CodeFixes.Layers;

namespace SlSam.CodeFixes.Registration;

/// <summary>
/// Turns a dictionary of modules into a <c>ModuleDict</c>, where all that the class does with it stays possible. A <c>ModuleDict</c> replaces what
/// it has by its indexer, and takes what is new by <c>Add</c> only.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseModuleDictCodeFix))]
public sealed class UseModuleDictCodeFix : TrialCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(RuleIds.PlainCollectionOfModules, RuleIds.UnsupportedMember, RuleIds.HiddenRunningStatistics);

    /// <inheritdoc/>
    protected override string? TitleFor(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(FixProperties.Replacement, out var replacement)
        && replacement!.StartsWith("ModuleDict<", StringComparison.Ordinal)
            ? $"Use {replacement}"
            : null;

    /// <inheritdoc/>
    protected override bool TryEdit(DocumentEditor editor, Diagnostic diagnostic, CancellationToken cancellation)
    {
        if (MemberSyntax.At(editor.OriginalRoot, diagnostic) is not { } member
            || member.DeclaredType() is not { } declared
            || Arguments(declared) is not { } arguments
            || editor.SemanticModel.GetTypeInfo(arguments[0], cancellation).Type?.SpecialType != SpecialType.System_String)
            return false;

        var dictionary = SyntaxFactory.GenericName("ModuleDict").AddTypeArgumentListArguments(arguments[1].WithoutTrivia());
        editor.ReplaceNode(declared, dictionary.WithTriviaFrom(declared));
        foreach (var value in member.ValuesIn(editor.SemanticModel, cancellation))
        {
            if (Rewrite(value, dictionary) is not { } rewritten)
                return false;
            editor.ReplaceNode(value, rewritten.WithTriviaFrom(value));
        }

        foreach (var assignment in EntriesSet(editor.SemanticModel, member, cancellation))
        {
            if (assignment.Parent is not ExpressionStatementSyntax || !assignment.IsKind(SyntaxKind.SimpleAssignmentExpression))
                return false;
            editor.ReplaceNode(assignment, Add(assignment));
        }

        return true;
    }

    private static SeparatedSyntaxList<TypeSyntax>? Arguments(TypeSyntax type) => type switch
    {
        GenericNameSyntax { TypeArgumentList.Arguments: { Count: 2 } arguments } => arguments,
        QualifiedNameSyntax qualified => Arguments(qualified.Right),
        _ => null,
    };

    /// <summary>What is assigned to <c>member[key]</c>.</summary>
    private static IEnumerable<AssignmentExpressionSyntax> EntriesSet(
        SemanticModel model, MemberDeclarationSyntax member, CancellationToken cancellation)
    {
        var symbol = member.SymbolIn(model, cancellation);
        return member.Parent!.DescendantNodes().OfType<AssignmentExpressionSyntax>().Where(assignment =>
            assignment.Left is ElementAccessExpressionSyntax entry
            && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(entry.Expression, cancellation).Symbol, symbol));
    }

    private static InvocationExpressionSyntax Add(AssignmentExpressionSyntax assignment)
    {
        var entry = (ElementAccessExpressionSyntax)assignment.Left;
        return SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression, entry.Expression, SyntaxFactory.IdentifierName("Add")),
            SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(
                new[] { entry.ArgumentList.Arguments[0], SyntaxFactory.Argument(assignment.Right.WithoutTrivia()) },
                new[] { SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space) })))
            .WithTriviaFrom(assignment);
    }

    /// <summary>The same value as a ModuleDict; null where that is not obvious.</summary>
    private static ExpressionSyntax? Rewrite(ExpressionSyntax value, TypeSyntax dictionary) => value switch
    {
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: > 0 } => null,
        BaseObjectCreationExpressionSyntax { Initializer: { RawKind: (int)SyntaxKind.ObjectInitializerExpression, Expressions.Count: > 0 } } => null,
        ImplicitObjectCreationExpressionSyntax => value,
        ObjectCreationExpressionSyntax creation => creation.WithType(dictionary.WithTriviaFrom(creation.Type)),
        _ => null,
    };
}
