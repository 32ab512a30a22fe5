namespace SlSam.Docs.Tests.Markdown;

/// <summary>A fenced block of a page.</summary>
/// <param name="Page">The page, from the root of the repository.</param>
/// <param name="Line">The line of its opening fence, from 1.</param>
/// <param name="Info">What follows the fence: the language, and what else is said of the block.</param>
/// <param name="Text">What is between the fences.</param>
internal sealed record CodeBlock(string Page, int Line, string Info, string Text)
{
    public string Language => Info.Split(' ')[0];

    public override string ToString() => $"{Page}({Line}): ```{Info}";
}
