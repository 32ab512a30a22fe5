using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SlSam.CodeFixes.Closures;

/// <summary>Statements that follow one another: in a block, or at the top level of a program.</summary>
internal sealed class StatementRow
{
    private StatementRow(SyntaxNode scope, IReadOnlyList<StatementSyntax> statements)
    {
        Scope = scope;
        Statements = statements;
    }

    /// <summary>Where the locals of the row are visible.</summary>
    public SyntaxNode Scope { get; }

    public IReadOnlyList<StatementSyntax> Statements { get; }

    /// <summary>The row that a statement stands in; null for one that stands alone, as after an <c>if</c>.</summary>
    public static StatementRow? Of(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => new StatementRow(block, block.Statements),
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } =>
            new StatementRow(unit, unit.Members.OfType<GlobalStatementSyntax>().Select(global => global.Statement).ToList()),
        _ => null,
    };

    /// <summary>What has to go for the statement to be gone.</summary>
    public static SyntaxNode Node(StatementSyntax statement) => statement.Parent is GlobalStatementSyntax global ? global : statement;

    public int IndexOf(StatementSyntax statement)
    {
        for (var i = 0; i < Statements.Count; i++)
        {
            if (ReferenceEquals(Statements[i], statement))
                return i;
        }

        return -1;
    }
}
