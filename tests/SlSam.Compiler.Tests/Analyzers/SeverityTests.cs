using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.Analyzers;

/// <summary>An .editorconfig sets the severity of a rule, however the rule is found: by the parser, from operations or at the end of a class.</summary>
public class SeverityTests
{
    private const string Source = """
        [SamModel]
        public class NotPartial() : Module<Tensor, Tensor>("model")
        {
            public override Tensor forward(Tensor input) => input;
        }

        [SamModel]
        public partial class Net : Module<Tensor, Tensor>
        {
            private readonly Linear forgotten = Linear(4, 4);
            private readonly List<Linear> plain = new() { Linear(4, 4) };
            private readonly Tensor buffer = ones(4);
            [SamLayer] private readonly Embedding sparse = Embedding(4, 4, sparse: true);
            [SamLayer] private readonly Linear first;
            [SamLayer] private readonly Linear second;

            public Net(Linear shared) : base(nameof(Net))
            {
                first = shared;
                second = shared;
            }

            public override Tensor forward(Tensor input) => first.call(input).sum(0);
        }

        public static class Training
        {
            public static void Run(NetSlSam optimizer)
            {
                _ = new SamOptions { Rho = -1 };
                optimizer.step();
            }
        }
        """;

    public static TheoryData<string> Ids =>
        ["SLSAM001", "SLSAM010", "SLSAM022", "SLSAM023", "SLSAM024", "SLSAM031", "SLSAM032", "SLSAM033", "SLSAM035", "SLSAM037"];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Severities_are_configurable(string id)
    {
        Assert.NotNull(await SeverityAsync(id, null));
        Assert.Equal(DiagnosticSeverity.Error, await SeverityAsync(id, "error"));
        Assert.Equal(DiagnosticSeverity.Warning, await SeverityAsync(id, "warning"));
        Assert.Equal(DiagnosticSeverity.Info, await SeverityAsync(id, "suggestion"));
        Assert.Null(await SeverityAsync(id, "none"));
    }

    [Fact]
    public async Task A_category_is_configurable()
    {
        var found = await AnalyzeAsync("dotnet_analyzer_diagnostic.category-SlSam.Usage.severity = none");

        Assert.Contains(found, diagnostic => diagnostic.Id == "SLSAM010");
        Assert.DoesNotContain(found, diagnostic => diagnostic.Descriptor.Category == "SlSam.Usage");
    }

    private static async Task<DiagnosticSeverity?> SeverityAsync(string id, string? severity)
    {
        var found = await AnalyzeAsync(severity is null ? "" : $"dotnet_diagnostic.{id}.severity = {severity}");
        return found.FirstOrDefault(diagnostic => diagnostic.Id == id)?.Severity;
    }

    private static Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string setting)
    {
        var compilation = TestCompilation.Generate(TestCompilation.Create([Source]));
        var settings = EditorConfig.Parse(setting);
        return AnalyzerVerifier.AnalyzeAsync(
            compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(settings.Severities)), settings);
    }
}
