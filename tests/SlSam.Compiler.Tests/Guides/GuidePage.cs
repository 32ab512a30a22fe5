using SlSam.Compiler.Tests.Harness;
using SlSam.Docs.Tests.Markdown;

namespace SlSam.Compiler.Tests.Guides;

/// <summary>The C# on a page of the documentation, completed to files of a project.</summary>
internal static class GuidePage
{
    /// <summary>
    /// A program stays as it is, a model is put where its other types are, a member into a model, statements into a method that has the fields of
    /// <c>Reader</c> at hand.
    /// </summary>
    public static IEnumerable<string> Files(string page) => MarkdownPage.Read(Repository.Root, page).Blocks
        .Where(block => block.Info == "csharp").Select((block, index) => Complete(block.Text, index));

    private static string Complete(string code, int index) =>
        code.StartsWith("using SlSam;", StringComparison.Ordinal) ? code
        : code.StartsWith("[SamModel", StringComparison.Ordinal) ? code
        : code.StartsWith('[')
            ? $$"""
                [SamModel]
                public sealed partial class Model{{index}} : nn.Module<Tensor, Tensor>
                {
                    [SamLayer(Stage = 0)] private readonly Linear stem = nn.Linear(256, 256);
                    {{code}}
                    public Model{{index}}(LoraLinear given) : base("model")
                    {
                        query = given;
                        RegisterComponents();
                    }
                }
                """
            : $$"""
                public sealed class Statements{{index}} : Reader
                {
                    public void Run()
                    {
                        {{code}}
                    }
                }
                """;
}
