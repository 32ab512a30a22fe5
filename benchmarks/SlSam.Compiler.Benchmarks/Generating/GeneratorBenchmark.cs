using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SlSam.Generators;

namespace SlSam.Compiler.Benchmarks.Generating;

/// <summary>Which generator runs.</summary>
public enum Measured
{
    /// <summary>SlSam's.</summary>
    SlSam,

    /// <summary><see cref="EmptyFileGenerator"/>: what cannot be undercut.</summary>
    Floor,
}

/// <summary>
/// A run of the generator driver, which is what a build or a keystroke pays. Each call has a compilation of its own, made outside of
/// the measurement; the driver that a run returns is kept for the next.
/// </summary>
[MemoryDiagnoser]
public class GeneratorBenchmark
{
    private Project _project = null!;
    private CSharpCompilation _before = null!;
    private Compilation _compilation = null!;
    private GeneratorDriver _driver = null!;

    /// <summary>What is measured; set before, since the measuring library makes the objects.</summary>
    internal static GeneratorCase Case { get; set; } = new();

    /// <summary>The values of <see cref="Models"/>.</summary>
    public static IEnumerable<int> ModelCounts => [1, Case.Models];

    /// <summary>1: one model of 50 layers. Otherwise: as many models of the README's first kind.</summary>
    [ParamsSource(nameof(ModelCounts))]
    public int Models { get; set; }

    /// <summary>Which generator runs.</summary>
    [Params(Measured.SlSam, Measured.Floor)]
    public Measured Generator { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _project = Models == 1 ? Project.OneModel() : Project.ManyModels(Models);

        // Until the just-in-time compiler has done what it will do: a compiler server and an IDE have.
        for (var i = 0; i < Case.WarmUp / Models; i++)
            NewDriver().RunGenerators(_project.Compile());
    }

    [IterationSetup(Target = nameof(Cold))]
    public void BeforeCold() => _compilation = _project.Compile();

    /// <summary>A new driver, on a compilation that nobody asked anything before.</summary>
    [Benchmark]
    public GeneratorDriver Cold() => NewDriver().RunGenerators(_compilation);

    [IterationSetup(Target = nameof(ColdOnBoundSources))]
    public void BeforeColdOnBoundSources() => _compilation = _project.CompileAndBind();

    /// <summary>A new driver, on a compilation whose sources are bound.</summary>
    [Benchmark]
    public GeneratorDriver ColdOnBoundSources() => NewDriver().RunGenerators(_compilation);

    [IterationSetup(Target = nameof(ColdAndParsed))]
    public void BeforeColdAndParsed() => _compilation = _project.Compile();

    /// <summary>Cold, and then the parse of the generated files, which the compiler does afterwards.</summary>
    [Benchmark]
    public int ColdAndParsed()
    {
        var length = 0;
        foreach (var tree in NewDriver().RunGenerators(_compilation).GetRunResult().GeneratedTrees)
            length += tree.GetRoot().FullSpan.Length;
        return length;
    }

    [IterationSetup(Target = nameof(NoOp))]
    public void BeforeNoOp() => Run();

    /// <summary>The same compilation again.</summary>
    [Benchmark]
    public GeneratorDriver NoOp() => _driver.RunGenerators(_before);

    [IterationSetup(Target = nameof(UnrelatedEdit))]
    public void BeforeUnrelatedEdit()
    {
        Run();
        _compilation = Project.EditUnrelatedBody(_before);
    }

    /// <summary>A keystroke in a body in a file without models.</summary>
    [Benchmark]
    public GeneratorDriver UnrelatedEdit() => _driver.RunGenerators(_compilation);

    [IterationSetup(Target = nameof(UnrelatedDeclaration))]
    public void BeforeUnrelatedDeclaration()
    {
        Run();
        _compilation = Project.AddUnrelatedMember(_before);
    }

    /// <summary>A class in a file without models has another member.</summary>
    [Benchmark]
    public GeneratorDriver UnrelatedDeclaration() => _driver.RunGenerators(_compilation);

    [IterationSetup(Target = nameof(RelevantEdit))]
    public void BeforeRelevantEdit()
    {
        Run();
        _compilation = _project.EditModel(_before);
    }

    /// <summary>A layer of one model has another name.</summary>
    [Benchmark]
    public GeneratorDriver RelevantEdit() => _driver.RunGenerators(_compilation);

    private void Run()
    {
        _before = _project.Compile();
        _driver = NewDriver().RunGenerators(_before);
    }

    private GeneratorDriver NewDriver()
    {
        IIncrementalGenerator generator = Generator == Measured.SlSam ? new SamModelGenerator() : new EmptyFileGenerator();
        return CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: Project.ParseOptions);
    }
}
