using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SlSam.Analyzers.Diagnostics;
using SlSam.Analyzers.Models;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Lora;

/// <summary>Finds low-rank pairs whose factors are made with constants of different rank. Silent where a rank is no constant.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LoraRankAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rules.LoraRankMismatch);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterModelStartAction(Start);
    }

    private static void Start(SymbolStartAnalysisContext context, INamedTypeSymbol model)
    {
        var pairs = Pairs(model).ToList();
        if (pairs.Count == 0)
            return;

        var ranks = new ConcurrentDictionary<(ISymbol Member, FactorSide Side), ConcurrentBag<FactorRank?>>(MemberSides.Comparer);
        foreach (var (a, b) in pairs)
        {
            ranks.TryAdd((a, FactorSide.A), []);
            ranks.TryAdd((b, FactorSide.B), []);
        }

        context.RegisterOperationAction(
            operation => Record((ISymbolInitializerOperation)operation.Operation), OperationKind.FieldInitializer, OperationKind.PropertyInitializer);
        context.RegisterOperationAction(
            operation =>
            {
                if (operation.Operation is IAssignmentOperation { Target: IMemberReferenceOperation target, Value: var value })
                    Add(target.Member, value);
            },
            OperationKind.SimpleAssignment, OperationKind.CoalesceAssignment);
        context.RegisterSymbolEndAction(end =>
        {
            foreach (var (a, b) in pairs)
            {
                if (FactorRank.Common(ranks[(a, FactorSide.A)]) is { } rankOfA && FactorRank.Common(ranks[(b, FactorSide.B)]) is { } rankOfB
                    && rankOfA.Contradicts(rankOfB))
                {
                    end.ReportDiagnostic(
                        Diagnostic.Create(Rules.LoraRankMismatch, a.Locations[0], a.Name, rankOfA.Smallest, b.Name, rankOfB.Smallest));
                }
            }
        });

        void Record(ISymbolInitializerOperation initializer)
        {
            IEnumerable<ISymbol> members = initializer is IFieldInitializerOperation field
                ? field.InitializedFields
                : ((IPropertyInitializerOperation)initializer).InitializedProperties;
            foreach (var member in members)
                Add(member, initializer.Value);
        }

        void Add(ISymbol member, IOperation value)
        {
            foreach (var side in new[] { FactorSide.A, FactorSide.B })
            {
                if (ranks.TryGetValue((member.OriginalDefinition, side), out var found))
                    found.Add(FactorRank.Of(value, side));
            }
        }
    }

    private static IEnumerable<(ISymbol A, ISymbol B)> Pairs(INamedTypeSymbol model)
    {
        var members = ModelMember.AllOf(model);
        foreach (var member in members)
        {
            if (member.LoraPairAttribute is { } attribute && LoraPairParser.Partner(attribute, members) is { } partner)
                yield return (member.Symbol, partner.Symbol);
        }
    }

    /// <summary>Compares members as symbols.</summary>
    private sealed class MemberSides : IEqualityComparer<(ISymbol Member, FactorSide Side)>
    {
        public static MemberSides Comparer { get; } = new();

        public bool Equals((ISymbol Member, FactorSide Side) one, (ISymbol Member, FactorSide Side) other)
            => one.Side == other.Side && SymbolEqualityComparer.Default.Equals(one.Member, other.Member);

        public int GetHashCode((ISymbol Member, FactorSide Side) factor)
            => SymbolEqualityComparer.Default.GetHashCode(factor.Member) * 2 + (int)factor.Side;
    }
}
