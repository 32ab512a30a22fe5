using MiniLM.Assets;
using MiniLM.Encoder;
using MiniLM.Terminal;
using MiniLM.Training;
using static TorchSharp.torch;

namespace MiniLM.Texts;

/// <summary>Tell good film reviews from bad ones: an encoder to start from, batches to train on, and reviews that are held out.</summary>
public sealed class ReviewTask
{
    private readonly List<EncodedText> _training;
    private readonly List<EncodedText> _heldOut;

    private ReviewTask(EncoderCheckpoint checkpoint, TextSplit split, int sequenceLength)
    {
        Checkpoint = checkpoint;
        _training = EncodedText.Encode(split.Training, checkpoint.Tokenizer, sequenceLength);
        _heldOut = EncodedText.Encode(split.HeldOut, checkpoint.Tokenizer, sequenceLength);
    }

    /// <summary>The encoder.</summary>
    public EncoderCheckpoint Checkpoint { get; }

    /// <summary>How many reviews are held out.</summary>
    public int HeldOut => _heldOut.Count;

    /// <summary>all-MiniLM-L6-v2 and IMDB's reviews, which are fetched if the cache lacks them.</summary>
    /// <param name="cache">Keeps what is fetched.</param>
    /// <param name="display">Shows how that advances.</param>
    /// <param name="training">How many reviews to train on, an even number.</param>
    /// <param name="heldOut">How many to hold out, an even number.</param>
    /// <param name="sequenceLength">How many tokens of a review are read.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="AssetUnavailableException">Something cannot be fetched.</exception>
    public static async Task<ReviewTask> PretrainedAsync(
        AssetCache cache, IDisplay display, int training, int heldOut, int sequenceLength, int seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(display);
        await cache.EnsureAsync([.. AssetCatalog.Encoder, AssetCatalog.Reviews], display, cancellation).ConfigureAwait(false);
        var reviews = await ReviewFile.ReadAsync(cache.PathOf(AssetCatalog.Reviews), cancellation).ConfigureAwait(false);
        return new(EncoderCheckpoint.Pretrained(cache, display), TextSplit.Draw(reviews, training, heldOut, seed), sequenceLength);
    }

    /// <summary>A small random encoder and made-up reviews, for a machine without network.</summary>
    /// <param name="training">How many reviews to train on, an even number.</param>
    /// <param name="heldOut">How many to hold out, an even number.</param>
    /// <param name="sequenceLength">How many tokens of a review are read.</param>
    /// <param name="seed">The seed of the draw.</param>
    public static ReviewTask Offline(int training, int heldOut, int sequenceLength, int seed)
    {
        var reviews = SyntheticReviews.Create(training + heldOut, seed);
        return new(EncoderCheckpoint.Random(reviews), TextSplit.Draw(reviews, training, heldOut, seed), sequenceLength);
    }

    /// <summary>The batch of a training step; after the last review comes the first again.</summary>
    /// <param name="step">The step, counted from 0.</param>
    /// <param name="size">How many reviews a batch has.</param>
    public TextBatch Batch(int step, int size) =>
        TextBatch.Of(EncodedText.OfStep(_training, step, size), Checkpoint.Tokenizer.Vocabulary.Padding, CPU);

    /// <summary>The share of held-out reviews that a model labels rightly.</summary>
    /// <param name="model">The model, in evaluation mode while it is asked.</param>
    public double Accuracy(nn.Module<Tensor, Tensor, Tensor> model) =>
        TextAccuracy.Of(model, _heldOut, Checkpoint.Tokenizer.Vocabulary.Padding, CPU);
}
