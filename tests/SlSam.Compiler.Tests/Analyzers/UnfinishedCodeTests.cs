using Microsoft.CodeAnalysis.CSharp;
using SlSam.Analyzers.Diagnostics;
using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.Analyzers;

/// <summary>An IDE runs analyzers on every state of a file between two keystrokes; none of them may make one fail.</summary>
public class UnfinishedCodeTests
{
    private static readonly int s_count = int.TryParse(Environment.GetEnvironmentVariable("SLSAM_MUTATIONS"), out var count) ? count : 60;

    [Fact]
    public async Task Analyzers_survive_missing_and_doubled_tokens()
    {
        var random = new Random(20261121);
        var sources = Rules.All.Where(rule => rule.Id != RuleIds.LayerCannotBePerturbed)
            .Select(rule => RulePage.Read(rule.Id).Source("Wrong"))
            .Concat(CorpusTests.Texts)
            .ToList();
        for (var i = 0; i < s_count; i++)
        {
            var mutated = Mutate(sources[random.Next(sources.Count)], random);
            var found = await AnalyzerVerifier.AnalyzeAsync(TestCompilation.Generate(TestCompilation.Create([mutated])));
            Assert.DoesNotContain(found, diagnostic => !diagnostic.Id.StartsWith("SLSAM", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Fixes_survive_missing_and_doubled_tokens()
    {
        var random = new Random(7);
        var sources = Rules.All.Where(rule => rule.Id != RuleIds.LayerCannotBePerturbed)
            .Select(rule => RulePage.Read(rule.Id).Source("Wrong"))
            .ToList();
        var applied = 0;
        for (var i = 0; i < s_count; i++)
            applied += await FixVerifier.ApplyEachAsync(Mutate(sources[random.Next(sources.Count)], random));

        Assert.NotEqual(0, applied);
    }

    private static string Mutate(string source, Random random)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var tokens = CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens().Where(token => token.Span.Length > 0).ToList();
            if (tokens.Count == 0)
                return source;

            var token = tokens[random.Next(tokens.Count)];
            source = random.Next(4) switch
            {
                0 => source[..token.Span.End],
                1 => source.Insert(token.Span.End, " " + token.Text),
                2 => source.Insert(token.Span.End, " " + tokens[random.Next(tokens.Count)].Text),
                _ => source.Remove(token.SpanStart, token.Span.Length),
            };
        }

        return source;
    }
}
