using SlSam.Compiler.Tests.Harness;
using SlSam.Compiler.Tests.Tutorial;
using SlSam.Docs.Tests.Markdown;

namespace SlSam.Compiler.Tests.Guides;

/// <summary>The code on every page compiles in a project like that of docs/first-model.md, and no rule complains of it.</summary>
public class GuideTests
{
    /// <summary>Pages whose code other tests compile, all of it: TutorialTests; Guide/GuideTests of SlSam.Reporting.Tests; RulePageTests.</summary>
    private static readonly string[] s_elsewhere = ["docs/first-model.md", "docs/reporting.md", "docs/rules/"];

    public static TheoryData<string> Pages => new(MarkdownPage.All(Repository.Root)
        .Where(page => page.Blocks.Any(block => block.Info == "csharp") && !s_elsewhere.Any(other => page.Path.StartsWith(other, StringComparison.Ordinal)))
        .Select(page => page.Path));

    private const string Model = """
        [SamModel]
        public sealed partial class Classifier : nn.Module<Tensor, Tensor>
        {
            [SamLayer(Stage = 0)] private readonly Linear stem = nn.Linear(4, 4);
            [SamLayer(Stage = 1)] private readonly Linear head = nn.Linear(4, 2);

            public Classifier() : base(nameof(Classifier)) => RegisterComponents();
        }

        """;

    private const string RestOfSparseModel = """
        public sealed partial class Classifier
        {
            public Classifier() : base(nameof(Classifier))
            {
                tokens = nn.Embedding(10, 4);
                blocks = new ModuleList<EncoderBlock>(new EncoderBlock());
                head = new PoolingHead();
                RegisterComponents();
            }
        }

        public sealed class EncoderBlock : nn.Module<Tensor, Tensor>
        {
            private readonly Linear inner = nn.Linear(4, 4);
            public EncoderBlock() : base("block") => RegisterComponents();
            public override Tensor forward(Tensor input) => inner.call(input);
        }

        public sealed class PoolingHead : nn.Module<Tensor, Tensor>
        {
            private readonly Linear inner = nn.Linear(4, 2);
            public PoolingHead() : base("head") => RegisterComponents();
            public override Tensor forward(Tensor input) => inner.call(input.mean([1]));
        }

        public sealed record Batch(long Size, Tensor Input, Func<Tensor, Tensor> Loss);

        """;

    private const string Reader = """
        public abstract class Reader
        {
            protected readonly Classifier model = new();
            protected readonly ClassifierSlSam optimizer = null!;
            protected readonly LoraModel lora = null!;
            protected readonly Tensor x = zeros(1, 4);
            protected readonly Tensor y = zeros(1, 4);
            protected readonly int steps = 10;
            protected readonly Tensor inputs = zeros(8, 4);
            protected readonly Tensor labels = zeros(8);
            protected readonly ProcessGroup group = null!;
            protected readonly optim.lr_scheduler.LRScheduler schedule = null!;
        }
        """;

    private const string ReaderOfSparse = """
        public abstract class Reader
        {
            protected readonly Classifier model = new();
            protected readonly ClassifierSlSam optimizer = null!;
            protected readonly List<Batch> batches = [];
        }
        """;

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_code_on_the_page_compiles_without_a_message(string page)
    {
        var project = new TutorialProject(TutorialPage.GlobalUsings);
        var files = GuidePage.Files(page).ToList();
        Assert.NotEmpty(files);
        foreach (var (file, index) in files.Select((file, index) => (file, index)))
            project.Write(page == "README.md" ? "Program.cs" : $"Block{index}.cs", file);
        if (page != "README.md")
            project.Write("Surroundings.cs", page == "docs/sparse-fine-tuning.md" ? RestOfSparseModel + ReaderOfSparse : Model + Reader);

        Assert.Equal("", await project.MessagesAsync());
    }
}
