using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SlSam.CodeFixes;

/// <summary>What must not be lost when code is taken away.</summary>
internal static class Remarks
{
    /// <summary>Whether it is a comment or directive, and not only space between tokens.</summary>
    public static bool IsRemark(SyntaxTrivia trivia) =>
        !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia);
}
