using MiniLM.Assets;
using MiniLM.Encoder;
using MiniLM.Terminal;
using MiniLM.Texts;
using SentimentFineTuning.CommandLine;

namespace SentimentFineTuning.Training;

/// <summary>The pretrained encoder and the reviews from IMDB.</summary>
internal static class PretrainedWorkload
{
    private static readonly Asset[] Assets = [.. AssetCatalog.Encoder, AssetCatalog.Reviews];

    /// <summary>Fetches what the cache lacks, checks the encoder, and draws the reviews.</summary>
    /// <exception cref="AssetUnavailableException">Something cannot be fetched.</exception>
    /// <exception cref="InvalidDataException">The encoder does not say what it should.</exception>
    internal static async Task<Workload> PrepareAsync(
        DemoOptions options, AssetCache cache, IDisplay display, CancellationToken cancellation)
    {
        await cache.EnsureAsync(Assets, display, cancellation).ConfigureAwait(false);
        var checkpoint = EncoderCheckpoint.Pretrained(cache, display);
        if (options.SequenceLength > checkpoint.Configuration.MaximumPositions)
            throw new ArgumentException(
                $"--sequence-length is {options.SequenceLength}; the encoder has {checkpoint.Configuration.MaximumPositions} positions.");

        var reviews = await ReviewFile.ReadAsync(cache.PathOf(AssetCatalog.Reviews), display, cancellation).ConfigureAwait(false);
        var split = Workload.Draw(reviews, options);
        display.Say(
            $"{reviews.Count:N0} different reviews: {split.Training.Count:N0} to train on, {split.HeldOut.Count:N0} held out, "
            + $"{options.SequenceLength} tokens of each.");
        return Workload.Of(checkpoint, split, options);
    }
}
