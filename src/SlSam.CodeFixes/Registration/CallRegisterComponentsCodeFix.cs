using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using SlSam.Analyzers.Diagnostics;

namespace SlSam.CodeFixes.Registration;

/// <summary>Calls <c>RegisterComponents()</c> at the end of a constructor, before the model is moved or loaded.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CallRegisterComponentsCodeFix))]
public sealed class CallRegisterComponentsCodeFix : DocumentCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(RuleIds.ComponentsNotRegistered);

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<FixOffer>> OffersAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        return root is not null && Constructor(root, diagnostic) is not null
            ? [new FixOffer("Call RegisterComponents()", nameof(CallRegisterComponentsCodeFix))]
            : [];
    }

    /// <inheritdoc/>
    protected override Task EditAsync(DocumentEditor editor, Diagnostic diagnostic, string key, CancellationToken cancellation)
    {
        var constructor = Constructor(editor.OriginalRoot, diagnostic)!;
        editor.ReplaceNode(constructor, Complete(constructor));
        return Task.CompletedTask;
    }

    /// <summary>The constructor, unless it can end early.</summary>
    private static ConstructorDeclarationSyntax? Constructor(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindToken(diagnostic.Location.SourceSpan.Start).Parent is ConstructorDeclarationSyntax constructor
        && (constructor.Body is not null || constructor.ExpressionBody is not null)
        && !constructor.DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax and not LocalFunctionStatementSyntax)
            .Any(node => node is ReturnStatementSyntax)
        && constructor.Body?.Statements.LastOrDefault() is not ThrowStatementSyntax
            ? constructor
            : null;

    private static ConstructorDeclarationSyntax Complete(ConstructorDeclarationSyntax constructor)
    {
        var call = SyntaxFactory.ParseStatement("RegisterComponents();").WithAdditionalAnnotations(Formatter.Annotation);
        if (constructor.ExpressionBody is { } arrow)
        {
            var statement = SyntaxFactory.ExpressionStatement(arrow.Expression.WithoutTrivia());
            return constructor.WithExpressionBody(null).WithSemicolonToken(default)
                .WithBody(SyntaxFactory.Block(statement, call).WithTrailingTrivia(constructor.GetTrailingTrivia())
                    .WithAdditionalAnnotations(Formatter.Annotation));
        }

        var statements = constructor.Body!.Statements;
        var position = statements.Count;
        while (position > 0 && UsesComponents(statements[position - 1]))
            position--;
        var before = position < statements.Count
            ? statements[position].GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))
            : [];
        return constructor.WithBody(constructor.Body.WithStatements(statements.Insert(
            position, call.WithLeadingTrivia(before).WithTrailingTrivia(EndOfLine(constructor)))));
    }

    private static SyntaxTrivia EndOfLine(SyntaxNode node) =>
        node.SyntaxTree.GetRoot().DescendantTrivia()
            .FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } found
            ? found
            : SyntaxFactory.LineFeed;

    // Such as: if (device is not null) this.to(device);
    private static bool UsesComponents(StatementSyntax statement) =>
        statement.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.Expression switch
        {
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => IsUse(access.Name),
            SimpleNameSyntax name => IsUse(name),
            _ => false,
        });

    private static bool IsUse(SimpleNameSyntax name) =>
        name.Identifier.ValueText is "to" or "cuda" or "cpu" or "half" or "apply" or "train" or "eval" or "load" or "load_state_dict"
            or "parameters" or "named_parameters" or "modules";
}
