using Microsoft.CodeAnalysis.CSharp;
using SlSam.Compiler.Tests.Generator;
using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.Analyzers;

/// <summary>Where the language is too old for what is generated, one diagnostic says so, on the class.</summary>
public class LanguageVersionTests
{
    private const string Source = """
        using SlSam;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        [SamModel]
        public class Net : nn.Module<Tensor, Tensor>
        {
            [SamLayer(Stage = 7)] private readonly ReLU head = nn.ReLU();

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => head.call(input);
        }
        """;

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3, "7.3")]
    [InlineData(LanguageVersion.CSharp8, "8.0")]
    [InlineData(LanguageVersion.CSharp9, "9.0")]
    public async Task Below_10_that_is_all_that_is_said(LanguageVersion language, string version)
    {
        var found = Assert.Single(await AnalyzerVerifier.AnalyzeAsync(GeneratorRun.Of(language, Source).Output));

        Assert.Equal("SLSAM040", found.Id);
        Assert.Equal("Net", Source.Substring(found.Location.SourceSpan.Start, found.Location.SourceSpan.Length));
        Assert.Equal(
            $"'Net' has [SamModel], and its project is compiled as C# {version}; what is generated needs C# 10 or newer", found.GetMessage());
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp10)]
    [InlineData(LanguageVersion.Preview)]
    public async Task From_10_on_it_is_not_said(LanguageVersion language)
        => Assert.DoesNotContain(await AnalyzerVerifier.AnalyzeAsync(GeneratorRun.Of(language, Source).Output), found => found.Id == "SLSAM040");
}
