using MiniLM.Terminal;
using SlSam;

namespace MiniLM.Training;

/// <summary>Scores weights, and shows how that advances.</summary>
public static class Scoring
{
    /// <summary>Calls <see cref="SharpnessAwareOptimizer.Score"/>.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="batches">The batches to score on.</param>
    /// <param name="examples">How many examples are scored: what <see cref="SparseOptions.Examples"/> says.</param>
    /// <param name="display">Shows how many are done.</param>
    public static Task ScoreAsync(this SharpnessAwareOptimizer optimizer, IEnumerable<ScoreBatch> batches, long examples, IDisplay display)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(display);
        return display.TrackAsync("Scoring weights", examples, ProgressUnit.Count, progress => Task.Run(() =>
        {
            optimizer.Score(batches, new ImmediateProgress<ScoreProgress>(scored => progress.Report(
                ((scored.Round - 1) * scored.Limit + scored.Examples) / scored.Rounds, scored.Rounds > 1 ? $"round {scored.Round} of {scored.Rounds}" : "")));
            progress.Report(examples, "");
            return true;
        }));
    }
}
