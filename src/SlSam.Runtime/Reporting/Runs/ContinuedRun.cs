namespace SlSam;

/// <summary>Says whether a recorder can go on with a run.</summary>
internal static class ContinuedRun
{
    /// <summary>Checks that a run is one of the same layers, and has the points that a recorder makes.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static void Require(TrainingRun continued, SharpnessAwareOptimizer optimizer)
    {
        RequireSame("arms", continued.Arms.Select(arm => arm.Name), optimizer.Arms.Select(arm => arm.Name));
        RequireSame("low-rank pairs", continued.Pairs.Select(pair => pair.Name), optimizer.LoraPairs.Select(pair => pair.Name));
        RequireSame(
            "layers with learning rates", continued.LearningRates.SelectMany(rates => rates.Layers).Order(StringComparer.Ordinal),
            optimizer.Groups.Select(group => group.Layer.Name).Order(StringComparer.Ordinal));
        var (steps, points) = (continued.Steps, continued.Steps.First.Length);
        var isRecorded = int.IsPow2(steps.Stride) && continued.Totals.Steps == steps.Count.Sum(count => (long)count) && continued.Totals.Refused <= continued.Totals.Steps;
        for (var point = 0; point < points; point++)
        {
            isRecorded &= steps.First[point] == (long)point * steps.Stride + 1
                && (steps.Count[point] == steps.Stride || (point == points - 1 && steps.Count[point] > 0 && steps.Count[point] < steps.Stride));
        }

        if (!isRecorded)
        {
            throw new ArgumentException("The points of the run do not follow each other as a recorder writes them.", nameof(continued));
        }
    }

    private static void RequireSame(string what, IEnumerable<string> continued, IEnumerable<string> optimizer)
    {
        var (theirs, ours) = (string.Join(", ", continued), string.Join(", ", optimizer));
        if (theirs != ours)
        {
            throw new ArgumentException($"The run has other {what} than the optimizer: '{theirs}', not '{ours}'.", nameof(continued));
        }
    }
}
