using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SlSam.Generators;

namespace SlSam.Compiler.Tests.Generator;

/// <summary>What holds for every way to write a model.</summary>
public sealed class ConstructTests
{
    private static readonly string[] s_steps = [SamModelGenerator.ParseStep, SamModelGenerator.EmitStep];

    public static TheoryData<string> Constructs => new(Construct.All());

    [Theory]
    [MemberData(nameof(Constructs))]
    public void Emitted_code_is_the_snapshot(string name) => Construct.AssertSnapshot(name, GeneratorRun.Of(Construct.Sources(name)));

    [Theory]
    [MemberData(nameof(Constructs))]
    public void Emitted_code_compiles_without_warnings(string name)
    {
        Assert.Empty(GeneratorRun.Of(LanguageVersion.CSharp10, Construct.Sources(name)).Diagnostics());
        Assert.Empty(GeneratorRun.Of(LanguageVersion.Latest, Construct.Sources(name)).Diagnostics());
    }

    [Theory]
    [MemberData(nameof(Constructs))]
    public void Emitted_code_compiles_without_warnings_where_nullable_is_off(string name)
    {
        var run = GeneratorRun.Of(Construct.Sources(name).Select(source => "#nullable disable\n" + source).ToArray());
        Assert.DoesNotContain(run.Diagnostics(), diagnostic => !run.IsInSources(diagnostic));
    }

    [Theory]
    [MemberData(nameof(Constructs))]
    public void Nothing_is_generated_anew_after_an_edit_elsewhere(string name)
    {
        var run = GeneratorRun.Of(Construct.Sources(name));

        AssertCached(run.Add("namespace Elsewhere { public sealed class Unrelated { } }"));
        AssertCached(run.Change(0, source => "// A comment above the model.\n" + source));
        AssertCached(run.Add(
            """
            namespace Elsewhere
            {
                [SlSam.SamModel]
                public sealed partial class Added : TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>
                {
                    public Added() : base("added") { }
                    [SlSam.SamStage(0)] private TorchSharp.torch.Tensor Same(TorchSharp.torch.Tensor input) => input;
                }
            }
            """), newFiles: 1);
    }

    [Theory]
    [MemberData(nameof(Constructs))]
    public void Specs_hold_nothing_of_the_compilation(string name)
    {
        var results = GeneratorRun.Of(Construct.Sources(name)).Result.TrackedSteps
            .Where(step => s_steps.Contains(step.Key)).SelectMany(step => step.Value).SelectMany(step => step.Outputs).ToList();

        Assert.NotEmpty(results);
        foreach (var (value, _) in results)
            ObjectGraph.AssertPlain(value);
    }

    [Theory]
    [MemberData(nameof(Constructs))]
    public void Emitted_code_does_not_depend_on_the_culture(string name)
    {
        // A machine may lack the data of cultures, so one is made here whose signs and separators are like those that break code.
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "\u2212";
        culture.NumberFormat.PositiveSign = "\u061c+";
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            Construct.AssertSnapshot(name, GeneratorRun.Of(Construct.Sources(name)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [MemberData(nameof(Constructs))]
    public void Emitted_code_does_not_depend_on_the_machine(string name)
    {
        // Another folder, and line endings as Windows has them.
        var sources = Construct.Sources(name).Select(source => source.Replace("\n", "\r\n")).ToArray();
        var run = GeneratorRun.At(@"C:\Users\Zoë\Models\", LanguageVersion.Latest, [], sources);

        Construct.AssertSnapshot(name, run);
        Assert.All(run.Files, file => Assert.DoesNotContain("\r", file.SourceText.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Constructs))]
    public void Below_10_nothing_is_generated(string name)
        => Assert.Empty(GeneratorRun.Of(LanguageVersion.CSharp9, Construct.Sources(name)).Files);

    private static void AssertCached(GeneratorRun run, int newFiles = 0)
    {
        foreach (var step in s_steps)
        {
            var fresh = Reasons(run.Result.TrackedSteps[step]).Where(
                reason => reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
            Assert.Equal(newFiles, fresh.Count());
        }

        var files = Reasons(run.Result.TrackedOutputSteps.SelectMany(step => step.Value));
        Assert.Equal(newFiles, files.Count(reason => reason != IncrementalStepRunReason.Cached));
    }

    private static List<IncrementalStepRunReason> Reasons(IEnumerable<IncrementalGeneratorRunStep> steps)
    {
        var reasons = steps.SelectMany(step => step.Outputs).Select(output => output.Reason).ToList();
        Assert.NotEmpty(reasons);
        return reasons;
    }
}
