using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SlSam.Analyzers.Diagnostics;

namespace SlSam.Analyzers.Usage;

/// <summary>
/// Finds <c>var optimizer = new ...(model, ...); model.to(device);</c> with a later use of the optimizer, all in one block and both
/// variables assigned once: moving a module replaces its parameters.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OptimizerBeforeMoveAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rules.OptimizerBeforeMove);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (OptimizerSymbols.Find(start.Compilation) is { } symbols)
                start.RegisterOperationAction(operation => Analyze(operation, symbols), OperationKind.ObjectCreation);
        });
    }

    private static void Analyze(OperationAnalysisContext context, OptimizerSymbols symbols)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (!symbols.IsOptimizer(creation.Type)
            || Declarator(creation) is not { } declarator
            || Statement(declarator) is not { Parent: IBlockOperation block } declaration
            || Model(creation, symbols) is not { } model)
        {
            return;
        }

        var later = block.Operations.Skip(block.Operations.IndexOf(declaration) + 1).ToList();
        if (later.SelectMany(statement => statement.DescendantsAndSelf())
            .Any(operation => Assigns(operation, declarator.Symbol) || Assigns(operation, model)))
            return;

        for (var i = 0; i < later.Count; i++)
        {
            if (Move(later[i], model, symbols) is { } move
                && later.Skip(i + 1).Any(statement => Steps(statement, declarator.Symbol, symbols)))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Rules.OptimizerBeforeMove,
                    move.Syntax.GetLocation(),
                    [declaration.Syntax.GetLocation()],
                    declarator.Symbol.Name,
                    model.Name));
                return;
            }
        }
    }

    private static IVariableDeclaratorOperation? Declarator(IOperation value)
    {
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        return value.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } ? declarator : null;
    }

    private static IOperation? Statement(IOperation operation)
    {
        var statement = operation;
        while (statement.Parent is not null and not IBlockOperation)
            statement = statement.Parent;
        return statement is IVariableDeclarationGroupOperation or IUsingDeclarationOperation ? statement : null;
    }

    private static ISymbol? Model(IObjectCreationOperation creation, OptimizerSymbols symbols)
    {
        foreach (var argument in creation.Arguments)
        {
            if (symbols.IsModule(argument.Parameter?.Type) && Variable(argument.Value) is { } model)
                return model;
        }

        return null;
    }

    // model.to(device); alone on a line, or assigned or discarded
    private static IInvocationOperation? Move(IOperation statement, ISymbol model, OptimizerSymbols symbols)
    {
        var value = statement is IExpressionStatementOperation expression ? expression.Operation.Unconverted() : null;
        if (value is ISimpleAssignmentOperation { Target: IDiscardOperation } discarded)
            value = discarded.Value.Unconverted();

        return value is IInvocationOperation call
            && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, symbols.ModuleExtensions)
            && call.TargetMethod.Name is "to" or "cuda" or "half" or "bfloat16" or "double"
            && call.Arguments.Length > 0
            && Refers(call.Arguments[0].Value, model)
            && !call.Arguments.Skip(1).Any(IsCpu)
                ? call
                : null;
    }

    // A move to where a model is made replaces nothing.
    private static bool IsCpu(IArgumentOperation argument) =>
        argument.Value.Unconverted() switch
        {
            IMemberReferenceOperation { Member.Name: "CPU" } => true,
            { ConstantValue: { HasValue: true, Value: string device } } => device.StartsWith("cpu", StringComparison.OrdinalIgnoreCase),
            _ => false,
        };

    private static bool Steps(IOperation statement, ISymbol optimizer, OptimizerSymbols symbols) =>
        statement.DescendantsAndSelf().OfType<IInvocationOperation>()
            .Any(call => LossClosure.IsStep(call, symbols) && Refers(call.Instance!, optimizer));

    private static bool Assigns(IOperation operation, ISymbol variable) =>
        operation is IAssignmentOperation assignment && Refers(assignment.Target, variable)
        || operation is IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument && Refers(argument.Value, variable);

    private static bool Refers(IOperation value, ISymbol variable) => SymbolEqualityComparer.Default.Equals(Variable(value), variable);

    private static ISymbol? Variable(IOperation value) => value.Unconverted() switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };
}
