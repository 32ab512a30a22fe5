using System.Diagnostics;
using SlSam.Benchmarks.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Benchmarks.Timing;

/// <summary>A model with one of our optimizers, stepped on one batch.</summary>
internal sealed class OurStep : IDisposable
{
    private readonly Encoder _model;
    private readonly EncoderSlSam _optimizer;
    private readonly Tensor _ids;
    private readonly Tensor _labels;

    public OurStep(EncoderShape shape, SharpnessOptions options)
    {
        _model = new Encoder(shape);
        _optimizer = new EncoderSlSam(_model, options, UpdateRule.AdamW(1e-4, weightDecay: 0.01));
        _ids = randint(0, shape.Vocabulary, [shape.Batch, shape.Length], ScalarType.Int64);
        _labels = randint(0, shape.Classes, [shape.Batch], ScalarType.Int64);
    }

    /// <summary>Takes one step.</summary>
    /// <returns>The step's seconds.</returns>
    public double Step()
    {
        var start = Stopwatch.GetTimestamp();
        var report = _optimizer.Step(_ids, logits => nn.functional.cross_entropy(logits, _labels));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return report.Outcome == StepOutcome.Updated
            ? seconds
            : throw new InvalidOperationException($"A step ended with {report.Outcome}; its time says nothing.");
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _model.Dispose();
        _ids.Dispose();
        _labels.Dispose();
    }
}
