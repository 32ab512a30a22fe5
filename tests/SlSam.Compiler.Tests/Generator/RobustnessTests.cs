using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SlSam.Compiler.Tests.Generator;

/// <summary>The generator meets code that is being written, and code of other assemblies.</summary>
public sealed class RobustnessTests
{
    public static TheoryData<string> Constructs => new(Construct.All());

    [Theory]
    [MemberData(nameof(Constructs))]
    public void A_missing_line_never_stops_the_generator(string name)
    {
        var sources = Construct.Sources(name);
        var run = GeneratorRun.Of(sources);
        for (var file = 0; file < sources.Length; file++)
        {
            var lines = sources[file].Split('\n');
            for (var missing = 0; missing < lines.Length; missing++)
            {
                if (string.IsNullOrWhiteSpace(lines[missing]))
                    continue;
                // The run itself asserts that the generator threw nothing.
                var edited = run.Change(file, _ => string.Join('\n', lines.Where((_, line) => line != missing)));
                Assert.All(edited.Files, generated => Assert.Empty(generated.SyntaxTree.GetDiagnostics()));
            }
        }
    }

    [Fact]
    public void A_class_with_the_attribute_on_two_parts_is_generated_once()
    {
        var source = Construct.Sources("SeveralFiles");
        source[1] = source[1].Replace("public sealed partial class", "[SamModel] public sealed partial class");

        var run = GeneratorRun.Of(source);

        Assert.Single(run.Files);
        Assert.Equal("CS0579", Assert.Single(run.Diagnostics()).Id);
    }

    [Fact]
    public void A_model_of_another_assembly_can_be_extended()
    {
        using var image = new MemoryStream();
        Assert.True(GeneratorRun.Of(Construct.Sources("Inheritance")).Output.Emit(image).Success);
        var library = MetadataReference.CreateFromImage(image.ToArray());
        const string source = """
            using SlSam;
            using TorchSharp;
            using TorchSharp.Modules;
            using static TorchSharp.torch;
            [SamModel] public sealed partial class Net : Families.Large
            {
                [SamLayer(Stage = 5)] private readonly Linear last = nn.Linear(4, 2);
            }
            """;

        var run = GeneratorRun.Of(LanguageVersion.Latest, [library], source);

        Assert.Empty(run.Diagnostics());
        var text = run.Files.Single().SourceText.ToString();
        Assert.Contains("base.RegisterComponents();", text, StringComparison.Ordinal);
        Assert.Contains("override int StageCount => base.StageCount + 1;", text, StringComparison.Ordinal);
        Assert.Contains("base.AddLayers(layers);", text, StringComparison.Ordinal);
    }
}
