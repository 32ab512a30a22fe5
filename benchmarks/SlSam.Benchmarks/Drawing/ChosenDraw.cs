namespace SlSam.Benchmarks.Drawing;

/// <summary>A source of draws that gives what it was last told to.</summary>
internal sealed class ChosenDraw : IUniformSource
{
    public double Value { get; set; }

    public double Next() => Value;
}
