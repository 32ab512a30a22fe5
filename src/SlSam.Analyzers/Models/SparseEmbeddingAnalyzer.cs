using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SlSam.Analyzers.Diagnostics;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Models;

/// <summary>Finds embeddings of a model that are made with <c>sparse: true</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SparseEmbeddingAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rules.SparseEmbedding);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(TypeNames.SamModelAttribute) is not null)
                start.RegisterOperationAction(Analyze, OperationKind.Invocation);
        });
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!call.TargetMethod.Name.StartsWith("Embedding", StringComparison.Ordinal)
            || call.Arguments.FirstOrDefault(IsSparse) is not { } sparse
            || context.ContainingSymbol.ContainingType?.FindAttribute(TypeNames.SamModelAttribute) is null
            || LayerMembers.SetTo(call) is { } member && LayerMembers.IsIgnored(member))
            return;

        context.ReportDiagnostic(Diagnostic.Create(Rules.SparseEmbedding, sparse.Syntax.GetLocation(), call.TargetMethod.Name));
    }

    private static bool IsSparse(IArgumentOperation argument) =>
        argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Name: "sparse", Value.ConstantValue: { HasValue: true, Value: true } };
}
