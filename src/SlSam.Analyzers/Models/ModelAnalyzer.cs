using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SlSam.Analyzers.Diagnostics;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Models;

/// <summary>Reports what the generator's parser finds wrong with a model: both understand a model in the same way.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModelAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ModelProblemRules.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterModelStartAction(Start);
    }

    private static void Start(SymbolStartAnalysisContext context, INamedTypeSymbol model)
    {
        var held = HeldModules.Watch(context);
        context.RegisterSymbolEndAction(end => SamModelParser.Parse(model, new Sink(end, model, held), end.CancellationToken));
    }

    private sealed class Sink(SymbolAnalysisContext context, INamedTypeSymbol model, HeldModules held) : IModelProblemSink
    {
        public void Report(ModelProblemKind kind, ISymbol symbol, AttributeData? attribute, params string[] arguments)
        {
            if (ModelProblemRules.RuleFor(kind) is not { } rule)
                return;
            if (kind == ModelProblemKind.WeightsNotAnnotated && !held.HasWeights(symbol))
                return;

            // A rule of its own says what is wrong with these.
            if (kind is ModelProblemKind.WeightsNotAnnotated or ModelProblemKind.LayerWithoutWeights && IsQuantized(symbol))
                return;

            // A member of a base class in another assembly has no place in this one.
            var location = symbol.Locations.FirstOrDefault(place => place.IsInSource) ?? model.Locations[0];
            context.ReportDiagnostic(
                Diagnostic.Create(rule, location, Properties(kind, symbol), ModelProblemRules.Message(kind, symbol, arguments)));
        }

        private ImmutableDictionary<string, string?> Properties(ModelProblemKind kind, ISymbol symbol)
        {
            var properties = ImmutableDictionary<string, string?>.Empty;
            if (kind is ModelProblemKind.WeightsNotAnnotated or ModelProblemKind.LoraFactorNotTrained && LayerMembers.HasStages(model))
                properties = properties.Add(FixProperties.Staged, null);
            if (kind == ModelProblemKind.UnsupportedMember && PlainCollections.TypeOf(symbol) is { } type
                && PlainCollections.IsPlainCollection(type))
                properties = properties.Add(FixProperties.Replacement, PlainCollections.Replacement(type));
            return properties;
        }

        private static bool IsQuantized(ISymbol member) =>
            PlainCollections.TypeOf(member) is { } type && QuantizedTypes.IsQuantized(type);
    }
}
