using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using SlSam.Analyzers.Diagnostics;
using SlSam.Generators.Parsing;

namespace SlSam.CodeFixes.Registration;

/// <summary>Replaces a call of TorchSharp's reflecting RegisterComponents by one registration for each field, under the same names.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RegisterByNameCodeFix))]
public sealed class RegisterByNameCodeFix : DocumentCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(RuleIds.ReflectedRegistration);

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<FixOffer>> OffersAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return model is not null
            && Call(model.SyntaxTree.GetRoot(cancellation), diagnostic) is { } call
            && Registrations(model, call, cancellation) is not null
                ? [new FixOffer("Register the components by name", nameof(RegisterByNameCodeFix))]
                : [];
    }

    /// <inheritdoc/>
    protected override Task EditAsync(DocumentEditor editor, Diagnostic diagnostic, string key, CancellationToken cancellation)
    {
        var call = Call(editor.OriginalRoot, diagnostic)!;
        var statements = Registrations(editor.SemanticModel, call, cancellation)!;
        if (call.Parent is ArrowExpressionClauseSyntax { Parent: ConstructorDeclarationSyntax constructor })
        {
            editor.ReplaceNode(constructor, constructor.WithExpressionBody(null).WithSemicolonToken(default)
                .WithBody(SyntaxFactory.Block(statements).WithTrailingTrivia(constructor.GetTrailingTrivia())
                    .WithAdditionalAnnotations(Formatter.Annotation)));
            return Task.CompletedTask;
        }

        var statement = (ExpressionStatementSyntax)call.Parent!;
        var last = statements.Count - 1;
        var placed = statements.Select((registration, index) => (SyntaxNode)registration
            .WithLeadingTrivia(index == 0 ? statement.GetLeadingTrivia() : Indentation(statement))
            .WithTrailingTrivia(index == last ? statement.GetTrailingTrivia() : SyntaxFactory.TriviaList(SyntaxFactory.LineFeed)));
        editor.InsertBefore(statement, placed);
        editor.RemoveNode(statement, SyntaxRemoveOptions.KeepNoTrivia);
        return Task.CompletedTask;
    }

    private static InvocationExpressionSyntax? Call(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is InvocationExpressionSyntax
        {
            Parent: ExpressionStatementSyntax { Parent: BlockSyntax } or ArrowExpressionClauseSyntax { Parent: ConstructorDeclarationSyntax },
        } call
            ? call
            : null;

    private static SyntaxTriviaList Indentation(StatementSyntax statement) =>
        SyntaxFactory.TriviaList(statement.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));

    /// <summary>The calls that register what reflection would find; null unless each field is certain to hold a component of its own type.</summary>
    private static List<StatementSyntax>? Registrations(
        SemanticModel model, InvocationExpressionSyntax call, CancellationToken cancellation)
    {
        if (model.GetEnclosingSymbol(call.SpanStart, cancellation)?.ContainingType is not { BaseType: { } baseType } module
            || baseType.ContainingAssembly?.Name != TypeNames.TorchAssembly)
            return null;

        var statements = new List<StatementSyntax>();
        foreach (var field in module.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic))
        {
            var method = field.Type.DerivesFrom(TypeNames.Parameter) ? "register_parameter"
                : field.Type.DerivesFrom(TypeNames.Tensor) ? "register_buffer"
                : field.Type.DerivesFrom(TypeNames.Module) ? "register_module"
                : null;
            if (method is null && LayerCatalog.Find(field.Type) is null && field.Type.TypeKind != TypeKind.Interface)
                continue;
            if (method is null || field.AssociatedSymbol is not null || field.Type.NullableAnnotation == NullableAnnotation.Annotated
                || field.FindAttribute(TypeNames.ComponentNameAttribute) is not null)
                return null;

            statements.Add(SyntaxFactory.ParseStatement($"{method}(nameof({field.Name}), {field.Name});"));
        }

        return statements.Count > 0 ? statements : null;
    }
}
