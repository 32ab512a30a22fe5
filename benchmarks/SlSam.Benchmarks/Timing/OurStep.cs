using SlSam.Benchmarks.Drawing;
using SlSam.Benchmarks.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Benchmarks.Timing;

/// <summary>A model with one of our optimizers, stepped on one batch.</summary>
internal sealed class OurStep : IDisposable
{
    private readonly EncoderShape _shape;
    private readonly Encoder _model;
    private readonly LoraModel? _adapted;
    private readonly EncoderSlSam _optimizer;
    private readonly TokenBatch _batch;
    private readonly ChosenDraw _draw = new();

    /// <summary>Makes the model and its optimizer.</summary>
    /// <param name="shape">The model, the batch, and where they are.</param>
    /// <param name="options">The method.</param>
    /// <param name="adapters">Trains adapters of the attention's queries and values, and the classifier, in place of the weights; null for none.</param>
    public OurStep(EncoderShape shape, SharpnessOptions options, LoraOptions? adapters = null)
    {
        _shape = shape;
        _model = new Encoder(shape).to(new Device(shape.Device), shape.ScalarType);
        _adapted = adapters is null ? null : new LoraModel(_model, adapters, LoraTargets.Named("query", "value"), LoraTargets.Named("head"));
        _optimizer = new EncoderSlSam(_model, options with { Draws = _draw }, UpdateRule.AdamW(1e-4, weightDecay: 0.01) with { DecayedTensors = DecayedTensors.All });
        _batch = new TokenBatch(shape);
    }

    /// <summary>What the last step costs in plain steps by the costs of the layers.</summary>
    public double EstimatedCost { get; private set; }

    /// <summary>Takes one step.</summary>
    /// <param name="uniform">The draw by which a windowed sampler chooses the step's layers.</param>
    /// <returns>The step's seconds.</returns>
    public double Step(double uniform = 0)
    {
        _draw.Value = uniform;
        StepReport report = default;
        var seconds = Clock.Seconds(_shape, () => report = _optimizer.Step(_batch.Ids, _batch.Labels, TokenBatch.Loss));
        EstimatedCost = report.Cost;
        return report.Outcome == StepOutcome.Updated
            ? seconds
            : throw new InvalidOperationException($"A step ended with {report.Outcome}; its time says nothing.");
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _adapted?.Dispose();
        _model.Dispose();
        _batch.Dispose();
    }
}
