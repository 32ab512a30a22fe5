using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using SlSam.Generators.Parsing;

namespace SlSam.CodeFixes.Closures;

/// <summary>
/// Gathers the statements before a step that compute its loss, as far as they stand in a row, are used for nothing else and
/// do nothing but compute, and makes a closure of them.
/// </summary>
internal sealed class ClosureBuilder
{
    private readonly SemanticModel _model;
    private readonly StatementRow _row;
    private readonly StatementSyntax _step;
    private readonly List<LocalDeclarationStatementSyntax> _moved = [];
    private readonly List<StatementSyntax> _dropped = [];

    private ClosureBuilder(SemanticModel model, StatementRow row, StatementSyntax step)
    {
        _model = model;
        _row = row;
        _step = step;
    }

    /// <summary>The statements that the closure makes superfluous where they stand.</summary>
    public IEnumerable<StatementSyntax> Superfluous => _moved.Concat(_dropped);

    /// <summary>Builds the closure that computes the value; null unless it is certain to do the same each time it is called.</summary>
    /// <param name="model">What the document means.</param>
    /// <param name="step">The statement of the step.</param>
    /// <param name="value">The loss, or an expression of what was computed before the step.</param>
    /// <param name="backward">A statement <c>loss.backward();</c> before the step, which is dropped.</param>
    public static (ClosureBuilder Builder, LambdaExpressionSyntax Closure)? Build(
        SemanticModel model, StatementSyntax step, ExpressionSyntax value, StatementSyntax? backward)
    {
        if (StatementRow.Of(step) is not { } row)
            return null;

        var builder = new ClosureBuilder(model, row, step);
        if (backward is not null)
            builder._dropped.Add(backward);
        return builder.Gather(value, backward) && !builder.LosesRemarks() ? (builder, builder.Closure(value)) : null;
    }

    private bool Gather(ExpressionSyntax value, StatementSyntax? backward)
    {
        var needed = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        if (!AddNeeded(value, needed))
            return false;

        var candidates = new Stack<LocalDeclarationStatementSyntax>();
        var first = _row.IndexOf(backward ?? _step);
        var zeroed = new List<StatementSyntax>();
        for (var i = first - 1; i >= 0; i--)
        {
            var statement = _row.Statements[i];
            if (IsZeroGrad(statement))
            {
                zeroed.Add(statement);
                continue;
            }

            if (statement is not LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: 0 } declaration
                || declaration.Declaration.Variables is not { Count: 1 } variables
                || variables[0].Initializer is not { Value: var initializer }
                || _model.GetDeclaredSymbol(variables[0]) is not { } local
                || !needed.Contains(local)
                || !OnlyComputes(initializer))
            {
                break;
            }

            candidates.Push(declaration);
            if (!AddNeeded(initializer, needed))
                break;
        }

        // What comes before the first forward pass, such as fetching a batch, stays where it is.
        _moved.AddRange(candidates.SkipWhile(candidate => !RunsForward(candidate)));
        if (_moved.Count == 0 && !RunsForward(value) || !OnlyComputes(value))
            return false;

        var start = _moved.Count > 0 ? _moved[0].SpanStart : (backward ?? _step).SpanStart;
        _dropped.AddRange(zeroed.Where(statement => statement.SpanStart > start));
        return _moved.TrueForAll(IsUsedOnlyHere) && !needed.Any(IsOutputOfForwardLeftBehind);
    }

    // Locals that the expression reads.
    private bool AddNeeded(ExpressionSyntax expression, HashSet<ISymbol> needed)
    {
        foreach (var name in expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
        {
            if (_model.GetSymbolInfo(name).Symbol is ILocalSymbol local)
                needed.Add(local);
        }

        return !expression.DescendantNodesAndSelf()
            .Any(node => node is AwaitExpressionSyntax or AssignmentExpressionSyntax or DeclarationExpressionSyntax);
    }

    private bool OnlyComputes(ExpressionSyntax expression) => expression.DescendantNodesAndSelf().All(node => node switch
    {
        InvocationExpressionSyntax call => _model.GetSymbolInfo(call).Symbol is IMethodSymbol method
            && (method.ContainingAssembly?.Name == TypeNames.TorchAssembly || IsForward(method))
            && method.Parameters.All(parameter => parameter.RefKind == RefKind.None),
        AnonymousFunctionExpressionSyntax or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax or AssignmentExpressionSyntax =>
            false,
        PostfixUnaryExpressionSyntax postfix => postfix.IsKind(SyntaxKind.SuppressNullableWarningExpression),
        PrefixUnaryExpressionSyntax prefix =>
            !prefix.IsKind(SyntaxKind.PreIncrementExpression) && !prefix.IsKind(SyntaxKind.PreDecrementExpression),
        _ => true,
    });

    private bool RunsForward(SyntaxNode node) => node.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>()
        .Any(call => _model.GetSymbolInfo(call).Symbol is IMethodSymbol method && IsForward(method) && !IsLoss(method.ContainingType)
            && !(call.Expression is MemberAccessExpressionSyntax access && _model.GetTypeInfo(access.Expression).Type is { } type
                && IsLoss(type)));

    private static bool IsForward(IMethodSymbol method) =>
        method.Name is "forward" or "call" && method.ContainingType.DerivesFrom(TypeNames.Module);

    private static bool IsLoss(ITypeSymbol type) =>
        type.SelfAndBases().Any(ancestor => ancestor.Name == "Loss" && ancestor.ContainingAssembly?.Name == TypeNames.TorchAssembly);

    // A step starts without gradients anyway. Those of another optimizer are none of its business.
    private bool IsZeroGrad(StatementSyntax statement) =>
        statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call }
        && call.Expression is MemberAccessExpressionSyntax access
        && access.Name.Identifier.ValueText == "zero_grad"
        && _step.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Any(step => step.Expression.IsEquivalentTo(access.Expression, topLevel: false));

    private bool IsUsedOnlyHere(LocalDeclarationStatementSyntax declaration)
    {
        var local = _model.GetDeclaredSymbol(declaration.Declaration.Variables[0])!;
        var uses = _row.Scope.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == local.Name
                && SymbolEqualityComparer.Default.Equals(_model.GetSymbolInfo(name).Symbol, local));
        return uses.All(use => _moved.Append(_step).Concat(_dropped).Any(statement => statement.Span.Contains(use.Span)));
    }

    private bool IsOutputOfForwardLeftBehind(ISymbol local) =>
        local.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).OfType<VariableDeclaratorSyntax>()
            .Where(declarator => !_moved.Any(moved => moved.Span.Contains(declarator.Span)))
            .Any(declarator => declarator.Initializer is { } initializer && RunsForward(initializer));

    // Comments on moved statements move along; where one would be lost there is no fix.
    private bool LosesRemarks() =>
        _dropped.Any(statement => statement.GetLeadingTrivia().Concat(statement.GetTrailingTrivia()).Any(Remarks.IsRemark))
        || _step.GetLeadingTrivia().Any(Remarks.IsRemark)
        || _moved.Any(statement =>
            statement.GetTrailingTrivia().Any(Remarks.IsRemark) || statement.GetLeadingTrivia().Any(trivia => trivia.IsDirective))
        || _moved.Count > 1 && _moved[_moved.Count - 1].GetLeadingTrivia().Any(Remarks.IsRemark);

    private LambdaExpressionSyntax Closure(ExpressionSyntax value)
    {
        var statements = _moved.ToList<StatementSyntax>();
        var result = value;

        // The last one is the loss itself: its value is returned.
        if (value is IdentifierNameSyntax name && _moved.LastOrDefault() is { Declaration.Variables: var variables }
            && variables[0].Identifier.ValueText == name.Identifier.ValueText)
        {
            statements.RemoveAt(statements.Count - 1);
            result = variables[0].Initializer!.Value;
        }

        result = result.WithoutTrivia();
        if (statements.Count == 0)
            return SyntaxFactory.ParenthesizedLambdaExpression(SyntaxFactory.ParameterList(), null, result).NormalizeArrow();

        var returned = SyntaxFactory.ReturnStatement(result)
            .WithReturnKeyword(SyntaxFactory.Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(SyntaxFactory.Space));
        statements[0] = statements[0].WithLeadingTrivia();
        var body = SyntaxFactory.Block(statements.Append(returned))
            .WithAdditionalAnnotations(Formatter.Annotation);
        return SyntaxFactory.ParenthesizedLambdaExpression(SyntaxFactory.ParameterList(), body, null).NormalizeArrow();
    }
}

/// <summary>Spaces around an arrow.</summary>
internal static class LambdaSpacing
{
    public static ParenthesizedLambdaExpressionSyntax NormalizeArrow(this ParenthesizedLambdaExpressionSyntax lambda) =>
        lambda.WithArrowToken(SyntaxFactory.Token(SyntaxKind.EqualsGreaterThanToken).WithLeadingTrivia(SyntaxFactory.Space)
            .WithTrailingTrivia(SyntaxFactory.Space))
            .WithAdditionalAnnotations(Formatter.Annotation);
}
