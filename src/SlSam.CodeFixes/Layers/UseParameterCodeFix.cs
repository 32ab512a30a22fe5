using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using SlSam.Analyzers.Diagnostics;

namespace SlSam.CodeFixes.Layers;

/// <summary>Declares a Tensor that is to be trained a <c>Parameter</c>, and a layer.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseParameterCodeFix))]
public sealed class UseParameterCodeFix : TrialCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(RuleIds.TensorField, RuleIds.MisusedBuffer);

    /// <inheritdoc/>
    protected override string? TitleFor(Diagnostic diagnostic) =>
        // In a staged model a layer needs a stage, and which one is not obvious.
        diagnostic.Properties.ContainsKey(FixProperties.Staged) || diagnostic.Properties.ContainsKey(FixProperties.SetLater)
            ? null
            : "Train it as a Parameter";

    /// <inheritdoc/>
    protected override bool TryEdit(DocumentEditor editor, Diagnostic diagnostic, CancellationToken cancellation)
    {
        if (MemberSyntax.At(editor.OriginalRoot, diagnostic) is not { } member
            || member.DeclaredType() is not { } declared
            || declared is NullableTypeSyntax)
            return false;

        foreach (var value in member.ValuesIn(editor.SemanticModel, cancellation))
        {
            if (value.IsKind(SyntaxKind.NullLiteralExpression) || value.IsKind(SyntaxKind.DefaultLiteralExpression))
                return false;
            if (editor.SemanticModel.GetTypeInfo(value, cancellation).Type?.Name != "Parameter")
                editor.ReplaceNode(value, Wrap(Unmarked(value)).WithTriviaFrom(value));
        }

        editor.ReplaceNode(declared, SyntaxFactory.IdentifierName("Parameter").WithTriviaFrom(declared));
        var isInScope = !editor.SemanticModel.LookupNamespacesAndTypes(member.SpanStart, name: "SamLayerAttribute").IsEmpty;
        editor.ReplaceNode(
            member, (current, _) => ((MemberDeclarationSyntax)current).AddAttribute(isInScope ? "SamLayer" : "SlSam.SamLayer"));
        return true;
    }

    private static ExpressionSyntax Wrap(ExpressionSyntax value) =>
        SyntaxFactory.ObjectCreationExpression(SyntaxFactory.IdentifierName("Parameter"))
            .WithNewKeyword(SyntaxFactory.Token(SyntaxKind.NewKeyword).WithTrailingTrivia(SyntaxFactory.Space))
            .WithArgumentList(SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(value))));

    // A Parameter requires gradients by itself, and must be a leaf.
    private static ExpressionSyntax Unmarked(ExpressionSyntax value)
    {
        if (value is not InvocationExpressionSyntax call)
            return value.WithoutTrivia();
        if (call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "requires_grad_" or "with_requires_grad" } access)
            return access.Expression.WithoutTrivia();

        var arguments = call.ArgumentList.Arguments;
        var marked = arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == "requires_grad");
        return (marked is null ? call : call.WithArgumentList(call.ArgumentList.WithArguments(arguments.Remove(marked)))).WithoutTrivia();
    }
}
