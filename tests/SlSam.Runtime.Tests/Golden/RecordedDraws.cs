namespace SlSam.Runtime.Tests.Golden;

/// <summary>Replays recorded draws, and fails when a run asks for more than were recorded.</summary>
internal sealed class RecordedDraws(IEnumerable<double> draws) : IUniformSource
{
    private readonly Queue<double> _draws = new(draws);

    public int Left => _draws.Count;

    public double Next() => _draws.TryDequeue(out var draw) ? draw : throw new InvalidOperationException("The recorded draws are used up.");
}
