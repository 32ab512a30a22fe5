namespace SlSam.Compiler.Benchmarks.Generating;

/// <summary>How much is measured of the generator.</summary>
internal sealed record GeneratorCase
{
    /// <summary>Measured runs of each case.</summary>
    public int Iterations { get; init; } = 20;

    /// <summary>How many models there are beside the case of a single one; 2 or more. The bars are for a thousand.</summary>
    public int Models { get; init; } = 1000;

    /// <summary>Runs on a single model before anything is measured, of which many models take their share, and no more than 5 of them for each case: until the just-in-time compiler is done.</summary>
    public int WarmUp { get; init; } = 3000;
}
