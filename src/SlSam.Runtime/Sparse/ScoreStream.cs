using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>Runs through score batches, one at a time, and sums up what is found for each masked weight.</summary>
internal sealed class ScoreStream(
    IReadOnlyList<MaskedWeight> weights, IEnumerable<ScoreBatch> batches, long limit, int rounds, IProgress<ScoreProgress>? progress)
{
    private readonly Tensor[] _parameters = [.. weights.Select(weight => weight.Parameter)];
    private int _round;

    public IReadOnlyList<MaskedWeight> Weights => weights;

    /// <summary>Sums of zeros, one for each weight, in the current scope.</summary>
    public Tensor[] Accumulators() => [.. weights.Select(weight => zeros_like(weight.Parameter, weight.ScoreType))];

    /// <summary>Runs one round over the batches.</summary>
    /// <returns>How many examples they had.</returns>
    public long Run(Action<ScoreBatch> score)
    {
        _round++;
        long examples = 0;
        foreach (var batch in batches)
        {
            using var scope = NewDisposeScope();
            score(batch ?? throw new InvalidOperationException("A score batch is null."));
            examples += batch.Examples;
            progress?.Report(new ScoreProgress(_round, rounds, examples, limit));
            if (examples >= limit)
            {
                break;
            }
        }

        return examples > 0
            ? examples
            : throw new InvalidOperationException(
                $"There were no score batches in round {_round} of {rounds}: give a sequence that is not empty and can be enumerated more than once.");
    }

    /// <summary>The mean over all examples of the gradient of their loss.</summary>
    public Tensor[] MeanGradient()
    {
        var sums = Accumulators();
        var examples = Run(batch => AddTo(sums, Gradients(MeanLoss(batch)), batch.Examples));
        Scale(sums, 1.0 / examples);
        return sums;
    }

    /// <summary>What a batch's closure returns.</summary>
    public static Tensor Result(ScoreBatch batch)
    {
        var result = batch.Loss() ?? throw new InvalidOperationException("The closure of a score batch returned null.");
        return result.requires_grad
            ? result
            : throw new InvalidOperationException(
                "The result of a score batch does not depend on any masked weight. Compute the forward pass inside its closure, and neither detach it nor run "
                + "it under no_grad.");
    }

    /// <summary>A batch's loss as its closure returns it: the mean, or one loss for each example.</summary>
    public static Tensor Loss(ScoreBatch batch)
    {
        var loss = Result(batch);
        return loss.numel() == 1 || loss.numel() == batch.Examples
            ? loss
            : throw new InvalidOperationException(
                $"The closure of a score batch of {batch.Examples} examples returned a tensor of shape [{string.Join(", ", loss.shape)}]; "
                + "it must return the mean loss or one loss for each example.");
    }

    public static Tensor MeanLoss(ScoreBatch batch) => Loss(batch).mean();

    /// <summary>The derivative of a number by each weight; null where it does not depend on one.</summary>
    public Tensor?[] Gradients(Tensor value, bool createGraph = false) =>
        [.. autograd.grad([value], _parameters, retain_graph: createGraph, create_graph: createGraph, allow_unused: true)
            .Select(gradient => gradient.IsInvalid ? null : gradient)];

    public static void AddTo(Tensor[] sums, Tensor?[] terms, double factor)
    {
        using var _ = no_grad();
        using Scalar alpha = factor;
        for (var index = 0; index < sums.Length; index++)
        {
            if (terms[index] is { } term)
            {
                sums[index].add_(term, alpha);
                term.Dispose();
            }
        }
    }

    public static void Scale(Tensor[] sums, double factor)
    {
        using Scalar scalar = factor;
        foreach (var sum in sums)
        {
            sum.mul_(scalar);
        }
    }
}
