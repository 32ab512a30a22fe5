using MiniLM.Texts;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Experiments.Methods;

/// <summary>A model and what trains it.</summary>
/// <param name="optimizer">Trains it; disposed with it.</param>
/// <param name="step">Takes a step on a batch.</param>
/// <param name="classify">Logits [batch, 2] of a batch.</param>
/// <param name="totalParameters">How many numbers the model's parameters hold, those that are frozen included.</param>
/// <param name="owned">What else is disposed, after the optimizer, in this order.</param>
internal sealed class Trainee(
    SharpnessAwareOptimizer optimizer, Func<TextBatch, StepReport> step, Func<TextBatch, Tensor> classify, long totalParameters, params IDisposable[] owned)
    : IDisposable
{
    /// <summary>What trains the model.</summary>
    public SharpnessAwareOptimizer Optimizer => optimizer;

    /// <summary>How many numbers the model's parameters hold, those that are frozen included.</summary>
    public long TotalParameters => totalParameters;

    /// <summary>Takes a step on a batch.</summary>
    public StepReport Step(TextBatch batch) => step(batch);

    /// <summary>Logits [batch, 2].</summary>
    public Tensor Classify(TextBatch batch) => classify(batch);

    public void Dispose()
    {
        optimizer.Dispose();
        foreach (var each in owned)
            each.Dispose();
    }
}
