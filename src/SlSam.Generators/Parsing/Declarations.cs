using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SlSam.Generators.Parsing;

/// <summary>
/// Everything in a compilation that symbols are made of: its files but for the bodies of their members, its references and its options.
/// What a model is understood as depends on nothing else. Holds no symbol, and no compilation.
/// </summary>
internal sealed class Declarations
{
    private static readonly ConditionalWeakTable<Compilation, Declarations> s_known = new();

    private readonly string? _assembly;
    private readonly CompilationOptions _options;
    private readonly ImmutableArray<MetadataReference> _references;
    private readonly ImmutableArray<SyntaxTree> _files;
    private Comparison? _latest;

    private Declarations(Compilation compilation)
    {
        _assembly = compilation.AssemblyName;
        _options = compilation.Options;
        _references = compilation.ExternalReferences;
        _files = ((CSharpCompilation)compilation).SyntaxTrees;
    }

    public static Declarations Of(Compilation compilation) => s_known.GetValue(compilation, static compilation => new(compilation));

    /// <summary>Whether nothing but bodies and comments is different. All models of a compilation ask this of the same one before.</summary>
    public bool AreThoseOf(Declarations before)
    {
        if (ReferenceEquals(this, before))
            return true;
        if (_latest is not { } latest || !ReferenceEquals(latest.Before, before))
            _latest = latest = new Comparison(before, Equal(before));
        return latest.AreEqual;
    }

    private bool Equal(Declarations before)
    {
        if (_assembly != before._assembly || _files.Length != before._files.Length
            || !_options.Equals(before._options) || !_references.SequenceEqual(before._references))
        {
            return false;
        }

        for (var i = 0; i < _files.Length; i++)
        {
            var (file, other) = (_files[i], before._files[i]);
            if (!ReferenceEquals(file, other) && !(file.Options.Equals(other.Options) && file.IsEquivalentTo(other, topLevel: true)))
                return false;
        }

        return true;
    }

    private sealed record Comparison(Declarations Before, bool AreEqual);
}
