using System.Text.RegularExpressions;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// Modules of a model, chosen by their paths: the names of the components from the model down, joined by dots, as in <c>blocks.3.attention.query</c>.
/// The rules are those of <c>target_modules</c> in Hugging Face PEFT.
/// </summary>
public sealed class LoraTargets
{
    private readonly Func<string, nn.Module, bool> _contains;
    private readonly string _text;
    private readonly string[] _names;

    private LoraTargets(Func<string, nn.Module, bool> contains, string text, string[] names)
    {
        _contains = contains;
        _text = text;
        _names = names;
    }

    /// <summary>Every <c>Linear</c>; take the output layer out with <see cref="Except"/> where it is trained as a whole or not at all.</summary>
    public static LoraTargets AllLinear { get; } = new((_, module) => module is Linear, "every Linear", []);

    /// <summary>The modules whose path is one of the names, or ends with a dot and one of them.</summary>
    /// <param name="names">Paths or ends of paths, at least one: <c>query</c>, <c>attention.value</c>. Each must be that of a module, wherever the targets are used.</param>
    /// <exception cref="ArgumentException">There is no name, or an empty one.</exception>
    public static LoraTargets Named(params string[] names)
    {
        CheckNames(names);
        return new((path, _) => EndsWithOne(path, names), string.Join(", ", names.Select(name => $"'{name}'")), [.. names]);
    }

    /// <summary>The modules whose whole path matches a regular expression.</summary>
    /// <param name="pattern">A regular expression of .NET, such as <c>blocks\.\d+\.attention\.(query|value)</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="pattern"/> is no regular expression.</exception>
    public static LoraTargets Matching(string pattern)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(pattern);
        var whole = new Regex($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant);
        return new((path, _) => whole.IsMatch(path), $"/{pattern}/", []);
    }

    /// <summary>The modules of these paths.</summary>
    internal static LoraTargets Exactly(IReadOnlySet<string> paths) => new((path, _) => paths.Contains(path), string.Join(", ", paths.Select(path => $"'{path}'")), []);

    /// <summary>The same modules without some of them.</summary>
    /// <param name="names">Paths or ends of paths, at least one, of the modules that are left out.</param>
    /// <exception cref="ArgumentException">There is no name, or an empty one.</exception>
    public LoraTargets Except(params string[] names)
    {
        CheckNames(names);
        return new(
            (path, module) => _contains(path, module) && !EndsWithOne(path, names),
            $"{_text} except {string.Join(", ", names.Select(name => $"'{name}'"))}",
            _names);
    }

    /// <inheritdoc/>
    public override string ToString() => _text;

    internal bool Contains(string path, nn.Module module) => _contains(path, module);

    /// <summary>The first name that no module has; null where each has one.</summary>
    internal string? FirstWithout(IReadOnlyCollection<string> paths) => Array.Find(_names, name => !paths.Any(path => EndsWithOne(path, [name])));

    /// <summary>Whether a path is one of the names, or ends with a dot and one of them.</summary>
    internal static bool EndsWithOne(string path, IReadOnlyList<string> names) =>
        names.Any(name => path == name || path.EndsWith($".{name}", StringComparison.Ordinal));

    private static void CheckNames(string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Length == 0 || Array.Exists(names, string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException("At least one name is needed, and none may be empty.", nameof(names));
        }
    }
}
