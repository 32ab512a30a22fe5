using System.Globalization;
using MiniLM.Terminal;
using MiniLM.Texts;
using TorchSharp;
using static TorchSharp.torch;

namespace MiniLM.Training;

/// <summary>
/// Examples that a model is measured with and not trained on. Measuring changes nothing that training depends on: the model is in evaluation mode meanwhile, and random
/// numbers go on where they were.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="count">How many examples there are.</param>
/// <param name="batchSize">How many are measured at a time.</param>
/// <param name="measure">Measures with the examples from one on, and so many. Tensors that it makes are disposed after it.</param>
public sealed class HeldOut(nn.Module model, int count, int batchSize, Func<int, int, Measure> measure)
{
    /// <summary>How many examples there are.</summary>
    public int Count => count;

    /// <summary>How many of them, the first ones, are looked at on the way: few enough to cost little.</summary>
    public int Some { get; init; } = Math.Min(count, 128);

    /// <summary>Texts for a model that labels them.</summary>
    /// <param name="model">The model.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="paddingId">The token that fills short texts up.</param>
    /// <param name="device">Where the model is.</param>
    public static HeldOut Of(nn.Module<Tensor, Tensor, Tensor> model, IReadOnlyList<EncodedText> texts, int paddingId, Device device)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(texts);
        return new HeldOut(model, texts.Count, batchSize: 32, (first, count) =>
        {
            using var batch = TextBatch.Of(texts.Skip(first).Take(count).ToList(), paddingId, device);
            return Measure.Of(model.call(batch.TokenIds, batch.Mask), batch.Labels);
        });
    }

    /// <summary>Measures with those that are looked at on the way.</summary>
    public Measure MeasureSome() => Add(new Measure(), 0, Some, null, CancellationToken.None);

    /// <summary>Measures with all, and shows how that advances.</summary>
    /// <param name="display">Where.</param>
    /// <param name="title">When this is: before or after which training.</param>
    /// <param name="cancellation">Ends it before the next batch.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<HeldOutMeasures> MeasureAsync(IDisplay display, string title, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(display);
        return display.TrackAsync($"{title}, measuring", count, ProgressUnit.Count, progress => Task.Run(
            () =>
            {
                var some = Add(new Measure(), 0, Some, progress, cancellation);
                return new HeldOutMeasures(All: Add(some, Some, count, progress, cancellation), some);
            },
            CancellationToken.None));
    }

    /// <summary>Adds how the model does on the examples from one up to another.</summary>
    private Measure Add(Measure sum, int first, int end, IProgressReport? progress, CancellationToken cancellation)
    {
        using var quiet = no_grad();
        using var random = get_rng_state();
        bool training = model.training;
        model.eval();
        try
        {
            for (int at = first; at < end; at += batchSize)
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                sum += measure(at, Math.Min(batchSize, end - at));
                progress?.Report(Math.Min(at + batchSize, end), string.Create(CultureInfo.InvariantCulture, $"{sum.Accuracy:P1} right, loss {sum.Loss:0.000}"));
            }
            return sum;
        }
        finally
        {
            model.train(training);
            set_rng_state(random);
        }
    }
}
