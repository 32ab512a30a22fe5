using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace SlSam.Generators.Parsing;

/// <summary>
/// Remembers what a class was understood as. The driver asks for every model after every keystroke, each time on new symbols whose
/// attributes and types have to be bound again; as long as no declaration has changed, the answer has not either.
/// </summary>
internal static class SpecCache
{
    private static readonly ConditionalWeakTable<SyntaxNode, Entry> s_entries = new();

    /// <param name="declaration">The class.</param>
    /// <param name="compilation">What it is part of.</param>
    /// <param name="parse">Understands the class.</param>
    public static SamModelSpec? GetOrAdd(SyntaxNode declaration, Compilation compilation, Func<SamModelSpec?> parse)
    {
        var declarations = Declarations.Of(compilation);
        var entry = s_entries.GetOrCreateValue(declaration);
        if (entry.Latest is not { } latest || !declarations.AreThoseOf(latest.Declarations))
            latest = new Answer(declarations, parse());

        // The newest declarations replace equal older ones, whose files nothing else may hold any longer.
        if (!ReferenceEquals(entry.Latest?.Declarations, declarations))
            entry.Latest = latest with { Declarations = declarations };
        return latest.Spec;
    }

    private sealed class Entry
    {
        private volatile Answer? _latest;

        public Answer? Latest
        {
            get => _latest;
            set => _latest = value;
        }
    }

    private sealed record Answer(Declarations Declarations, SamModelSpec? Spec);
}
