using System.Text.RegularExpressions;

namespace SlSam;

/// <summary>The keys of PEFT's <c>rank_pattern</c> and <c>alpha_pattern</c>: regular expressions of a path or of its end after a dot.</summary>
internal static class PathPattern
{
    /// <summary>A pattern comes from a file: one that would take for ever is given up.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>The pattern of one path.</summary>
    public static string Of(string path) => Regex.Escape(path);

    /// <summary>The value of the first pattern that matches a path, or another value where none does.</summary>
    /// <exception cref="InvalidDataException">A pattern takes too long.</exception>
    public static double Find(IReadOnlyDictionary<string, double> patterns, string path, double otherwise)
    {
        foreach (var (pattern, value) in patterns)
        {
            try
            {
                if (Compile(pattern).IsMatch(path))
                {
                    return value;
                }
            }
            catch (RegexMatchTimeoutException)
            {
                throw new InvalidDataException($"The pattern '{pattern}' takes too long to be compared with '{path}'.");
            }
        }

        return otherwise;
    }

    /// <summary>Checks that a pattern is a regular expression.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static void Check(string pattern) => Compile(pattern);

    private static Regex Compile(string pattern) => new($@"\A(?:.*\.)?(?:{pattern})\z", RegexOptions.CultureInvariant, s_patience);
}
