using System.Text.RegularExpressions;
using SlSam.Compiler.Tests.Harness;
using SlSam.Docs.Tests.Markdown;

namespace SlSam.Compiler.Tests.Tutorial;

/// <summary>docs/first-model.md, followed to the letter.</summary>
public class TutorialTests
{
    /// <summary>
    /// Each message is what the compiler says of the code before it, each fix is offered there and makes the code after it,
    /// and nothing is left to complain of at the end. Set SLSAM_UPDATE=1 to write messages and fixed code anew.
    /// </summary>
    [Fact]
    public async Task What_the_page_shows_is_what_the_compiler_says_and_what_its_fixes_do()
    {
        var project = new TutorialProject(TutorialPage.GlobalUsings);
        var claims = new List<(Group Shown, string Actual)>();
        var isFixed = false;
        foreach (var step in TutorialPage.Steps)
        {
            switch (step)
            {
                case TutorialStep.Code code when isFixed:
                    claims.Add((code.Shown, await project.ReadAsync(code.File)));
                    break;
                case TutorialStep.Code code:
                    project.Write(code.File, code.Shown.Value);
                    break;
                case TutorialStep.Messages messages:
                    claims.Add((messages.Shown, await project.MessagesAsync()));
                    break;
                case TutorialStep.Fix fix:
                    Assert.False(isFixed, $"The page does not show what '{fix.Shown.Value}' does.");
                    await project.FixAsync(fix.Shown.Value);
                    break;
            }

            isFixed = step is TutorialStep.Fix;
        }

        if (Environment.GetEnvironmentVariable("SLSAM_UPDATE") == "1")
            TutorialPage.Update(claims);
        Assert.Equal(
            MarkdownPage.Read(Repository.Root, "docs/first-model.md").Blocks.Count(block => block.Language is "csharp" or "text"),
            TutorialPage.Steps.Count(step => step is TutorialStep.Code or TutorialStep.Messages));
        Assert.All(claims, claim => Assert.Equal(claim.Actual, claim.Shown.Value));
        Assert.Equal("", await project.MessagesAsync());
    }
}
