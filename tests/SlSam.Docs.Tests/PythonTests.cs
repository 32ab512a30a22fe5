using SlSam.Compiler.Tests.Harness;
using SlSam.Docs.Tests.Commands;
using SlSam.Docs.Tests.Markdown;

namespace SlSam.Docs.Tests;

/// <summary>The Python on the pages, given to python3.</summary>
public class PythonTests
{
    private static readonly CodeBlock[] s_blocks =
        [.. MarkdownPage.All(Repository.Root).SelectMany(page => page.Blocks).Where(block => block.Language == "python")];

    [SkippableFact]
    public void All_of_it_is_Python()
    {
        Skip.IfNot(Shell.Succeeds("/usr/bin/python3 -c 0"), "There is no /usr/bin/python3.");

        Assert.NotEmpty(s_blocks);
        Assert.All(s_blocks, block => Run("import ast, sys; ast.parse(sys.stdin.read())", block.Text));
    }

    /// <summary>PEFT is no package of Debian's, so that what is written with it is only parsed.</summary>
    [SkippableFact]
    public void What_needs_no_more_than_PyTorch_runs()
    {
        Skip.IfNot(Shell.Succeeds(CommandTable.PyTorch), "python3 has no PyTorch (Debian: python3-torch).");

        var runnable = s_blocks.Where(block => !block.Text.Contains("Peft", StringComparison.Ordinal)).ToList();

        Assert.Single(runnable);
        var surroundings = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Python", "surroundings.py"));
        Assert.All(runnable, block => Run("import sys; exec(compile(sys.stdin.read(), 'page', 'exec'))", $"{surroundings}\n{block.Text}\ncheck()\n"));
    }

    private static void Run(string program, string input)
    {
        using var folder = new MiniLM.Tests.TemporaryFolder();
        var outcome = Shell.Run($"/usr/bin/python3 -c \"{program}\" < {folder.Write("block.py", input)}", folder.Path);
        Assert.True(outcome.ExitCode == 0, $"{outcome.Output}\n{input}");
    }
}
