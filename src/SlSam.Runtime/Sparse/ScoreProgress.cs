namespace SlSam;

/// <summary>How far an estimate of salience has come.</summary>
/// <param name="Round">The round over the batches, from 1.</param>
/// <param name="Rounds">How many rounds there are: 1 for most metrics, 2 for GRaSP, 3 with finite differences.</param>
/// <param name="Examples">How many examples of this round have been scored.</param>
/// <param name="Limit">How many are scored at most.</param>
public readonly record struct ScoreProgress(int Round, int Rounds, long Examples, long Limit);
