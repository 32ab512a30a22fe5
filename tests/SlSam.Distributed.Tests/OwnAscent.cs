using SlSam.Distributed.Tests.Worker;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Distributed.Tests;

/// <summary>
/// m-sharpness by hand, in one process: each part of the batch is perturbed along its own gradient, the gradients found there are averaged, and the selector
/// learns from the root of the mean of the squared norms. Nothing of the engine is in it but the selector.
/// </summary>
internal static class OwnAscent
{
    private const double LearningRate = 0.1;

    public static Finding Train(StagedTrial trial, int count)
    {
        using var scope = NewDisposeScope();
        var shards = trial.Shards(count);
        manual_seed(1);
        using var model = trial.CreateModel();
        Parameter[][] arms;
        LayerSelector selector;
        using (var optimizer = new StagedClassifierSlSam(model, trial.Options, UpdateRule.Sgd(LearningRate)))
        {
            arms = [.. optimizer.Arms.Select(arm => arm.Parameters.ToArray())];
            selector = trial.Options.CreateSelector(optimizer.Arms);
        }

        var sizes = Enumerable.Range(0, count).Select(rank => (double)shards.Size(rank)).ToArray();
        var weights = sizes.Select(size => size / sizes.Sum()).ToArray();
        var active = new List<double>();
        for (var step = 0; step < Trial.Steps; step++)
        {
            var roles = new ArmRole[arms.Length];
            selector.Select(roles);
            active.AddRange(roles.Select(role => (double)role));
            Parameter[] perturbed = [.. arms.Where((_, arm) => roles[arm] == ArmRole.Perturbed).SelectMany(each => each)];
            var squares = new double[arms.Length];
            var sums = perturbed.Select(each => zeros_like(each)).ToArray();
            for (var rank = 0; rank < count; rank++)
            {
                var batch = shards.Part(step, rank);
                var first = Gradients(model, batch, perturbed);
                var length = Math.Sqrt(first.Sum(SquaredNorm));
                for (var arm = 0; arm < arms.Length; arm++)
                {
                    squares[arm] += weights[rank] * first.Where((_, index) => arms[arm].Any(each => ReferenceEquals(each, perturbed[index]))).Sum(SquaredNorm);
                }

                using var _ = no_grad();
                var before = perturbed.Select(each => each.detach().clone()).ToArray();
                for (var index = 0; index < perturbed.Length; index++)
                {
                    perturbed[index].add_(first[index], (trial.Options.Rho / (length + 1e-12)).ToScalar());
                }

                Tensor[] second;
                using (enable_grad())
                {
                    second = Gradients(model, batch, perturbed);
                }

                for (var index = 0; index < perturbed.Length; index++)
                {
                    perturbed[index].copy_(before[index]);
                    sums[index].add_(second[index], weights[rank].ToScalar());
                }
            }

            using (no_grad())
            {
                for (var index = 0; index < perturbed.Length; index++)
                {
                    perturbed[index].sub_(sums[index] * LearningRate);
                }
            }

            double[] norms = [.. squares.Select((square, arm) => roles[arm] == ArmRole.Perturbed ? Math.Sqrt(square) : double.NaN)];
            selector.Learn(norms, norms);
        }

        return new Finding { ["weights"] = model.Weights(), ["active"] = [.. active] };
    }

    private static double SquaredNorm(Tensor gradient) => gradient.square().sum().ToDouble();

    private static Tensor[] Gradients(StagedClassifier model, Batch batch, Parameter[] parameters)
    {
        model.zero_grad();
        batch.Loss(model.call(batch.Input)).backward();
        return [.. parameters.Select(each => each.grad!.clone())];
    }
}
