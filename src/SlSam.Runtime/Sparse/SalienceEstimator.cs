using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// Computes the salience of masked weights, one score batch at a time, with one accumulator for each weight (for GRaSP two: it needs the gradient to
/// find the product with the Hessian).
/// </summary>
internal static class SalienceEstimator
{
    /// <summary>Estimates the salience. The model is in evaluation mode meanwhile and exactly as before afterwards.</summary>
    /// <param name="model">The model.</param>
    /// <param name="weights">The weights to score.</param>
    /// <param name="options">The metric and what belongs to it.</param>
    /// <param name="batches">The score batches; enumerated once in every round.</param>
    /// <param name="draw">How many masks have been made before: random salience differs from one to the next.</param>
    /// <param name="progress">Told after each batch.</param>
    public static Salience Estimate(
        nn.Module model, IReadOnlyList<MaskedWeight> weights, SparseOptions options, IEnumerable<ScoreBatch> batches, long draw,
        IProgress<ScoreProgress>? progress)
    {
        switch (options.Metric)
        {
            case SalienceMetric.Random:
                return new RandomSalience(weights, unchecked(options.Seed + draw * 0x632BE59B));
            case SalienceMetric.Magnitude:
                return new MagnitudeSalience(weights);
        }

        using var scope = NewDisposeScope();
        using var mode = new ScoringMode(model, weights);
        var scores = Accumulate(model, weights, options, batches, progress);
        using var _ = no_grad();
        for (var index = 0; index < scores.Length; index++)
        {
            using var weightScope = NewDisposeScope();
            Combine(scores[index], weights[index].Parameter.to(weights[index].ScoreType), options);
        }

        return new ComputedSalience([.. scores.Select(score => score.DetachFromDisposeScope())]);
    }

    private static Tensor[] Accumulate(
        nn.Module model, IReadOnlyList<MaskedWeight> weights, SparseOptions options, IEnumerable<ScoreBatch> batches, IProgress<ScoreProgress>? progress)
    {
        switch (options.Metric)
        {
            case SalienceMetric.Grasp:
                return HessianGradient.Compute(Stream(options.Examples, HessianGradient.Rounds(options.HessianProduct)), options.HessianProduct);
            case SalienceMetric.Fisher:
                return ExampleGradients.MeanSquares(model, Stream(options.Examples, 1));
            case SalienceMetric.SynFlow:
                using (new SynapticFlow(model))
                {
                    var stream = Stream(limit: 1, 1);
                    var flow = stream.Accumulators();
                    stream.Run(batch => ScoreStream.AddTo(flow, stream.Gradients(ScoreStream.Result(batch).sum()), 1));
                    return flow;
                }

            default:
                return Stream(options.Examples, 1).MeanGradient();
        }

        ScoreStream Stream(long limit, int rounds) => new(weights, batches, limit, rounds, progress);
    }

    /// <summary>Turns what was accumulated for a weight into its score, in place.</summary>
    private static void Combine(Tensor score, Tensor weight, SparseOptions options)
    {
        switch (options.Metric)
        {
            case SalienceMetric.Gradient:
                score.abs_();
                break;
            case SalienceMetric.Snip or SalienceMetric.SynFlow:
                score.mul_(weight).abs_();
                break;
            case SalienceMetric.Force:
                score.mul_(weight).neg_();
                break;
            case SalienceMetric.TaylorFO:
                score.mul_(weight).mul_(score);
                break;
            case SalienceMetric.Grasp when options.GraspSign == GraspSign.Paper:
                score.mul_(weight).neg_();
                break;
            case SalienceMetric.Grasp:
                score.mul_(weight);
                break;
        }
    }
}
