namespace SlSam.Compiler.Tests.Generator;

/// <summary>After any edit, a driver that remembers gives what one that remembers nothing gives.</summary>
public sealed class EditTests
{
    private const string Usings = """
        using SlSam;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;


        """;

    private const string Model = Usings + """
        [SamModel]
        public sealed partial class Net : nn.Module<Tensor, Tensor>
        {
            [SamLayer(Stage = Order.Body)] private readonly Block body = new();
            [SamLayer(Stage = Order.Head)] private readonly Linear head = nn.Linear(2, 2);

            public Net() : base(nameof(Net)) => RegisterComponents();
        }
        """;

    private const string Others = Usings + """
        public static class Order
        {
            public const int Body = 0;
            public const int Head = Body + 1;

            public static int Count() => 2;
        }

        public class Block : nn.Module<Tensor, Tensor>
        {
            private readonly Linear inner = nn.Linear(2, 2);
            private int calls = 0;

            public Block() : base(nameof(Block)) => RegisterComponents();

            public override Tensor forward(Tensor input)
            {
                calls++;
                return inner.call(input);
            }
        }
        """;

    [Theory]
    [InlineData("public const int Body = 0;", "public const int Body = 3;")]   // a gap: no stages are printed
    [InlineData("Linear inner = nn.Linear(2, 2)", "Dropout inner = nn.Dropout()")]   // a layer without weights
    [InlineData("public class Block : nn.Module<Tensor, Tensor>", "public class Block : nn.Module<Tensor, Tensor, Tensor>")]
    [InlineData("public class Block", "public class Other")]
    [InlineData("using TorchSharp.Modules;", "using TorchSharp.Modules; namespace Elsewhere;")]
    public void An_edited_declaration_elsewhere_reaches_the_model(string before, string after)
    {
        var first = GeneratorRun.Of(Model, Others);

        var edited = first.Change(1, text => text.Replace(before, after));

        Assert.NotEqual(Text(first), Text(edited));
        Assert.Equal(Text(GeneratorRun.Of(Model, Others.Replace(before, after))), Text(edited));
    }

    [Theory]
    [InlineData("=> 2;", "=> 3;")]
    [InlineData("calls++;", "calls += 2; // twice")]
    [InlineData("calls = 0", "calls = 1")]
    [InlineData("public static int Count", "public static int HowMany")]
    public void An_edit_that_no_model_depends_on_changes_nothing(string before, string after)
    {
        var first = GeneratorRun.Of(Model, Others);

        var edited = first.Change(1, text => text.Replace(before, after));

        Assert.Equal(Text(first), Text(edited));
        Assert.Equal(Text(GeneratorRun.Of(Model, Others.Replace(before, after))), Text(edited));
    }

    [Fact]
    public void A_declaration_edited_and_edited_back_gives_the_first_text_again()
    {
        var first = GeneratorRun.Of(Model, Others);

        var there = first.Change(1, text => text.Replace("Body = 0", "Body = 3"));
        var back = there.Change(1, text => text.Replace("Body = 3", "Body = 0"));

        Assert.NotEqual(Text(first), Text(there));
        Assert.Equal(Text(first), Text(back));
    }

    [Fact]
    public void A_global_using_in_a_new_file_reaches_the_model()
    {
        var model = Model.Replace("using TorchSharp.Modules;", "");
        var first = GeneratorRun.Of(model, Others);

        var added = first.Add("global using TorchSharp.Modules;");

        Assert.NotEqual(Text(first), Text(added));
        Assert.Equal(Text(GeneratorRun.Of(Model, Others)), Text(added));
    }

    private static string Text(GeneratorRun run) => string.Join("\n", run.Files.Select(file => $"// {file.HintName}\n{file.SourceText}"));
}
