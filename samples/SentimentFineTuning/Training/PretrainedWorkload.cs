using System.Globalization;
using SentimentFineTuning.Assets;
using SentimentFineTuning.CommandLine;
using SentimentFineTuning.Encoder;
using SentimentFineTuning.Reviews;
using SentimentFineTuning.Terminal;
using SentimentFineTuning.Tokenization;
using TorchSharp;
using static TorchSharp.torch;

namespace SentimentFineTuning.Training;

/// <summary>The pretrained encoder and the reviews from IMDB.</summary>
internal static class PretrainedWorkload
{
    /// <summary>Fetches what the cache lacks, checks the encoder, and draws the reviews.</summary>
    /// <exception cref="AssetUnavailableException">Something cannot be fetched.</exception>
    /// <exception cref="InvalidDataException">The encoder does not say what it should.</exception>
    internal static async Task<Workload> PrepareAsync(
        DemoOptions options, AssetCache cache, IDisplay display, CancellationToken cancellation)
    {
        await FetchAsync(cache, display, cancellation).ConfigureAwait(false);

        var configuration = EncoderConfiguration.Load(cache.PathOf(AssetCatalog.EncoderConfiguration));
        if (options.SequenceLength > configuration.MaximumPositions)
            throw new ArgumentException(
                $"--sequence-length is {options.SequenceLength}; the encoder has {configuration.MaximumPositions} positions.");
        var tokenizer = new WordPieceTokenizer(Vocabulary.Load(cache.PathOf(AssetCatalog.Tokenizer)));
        if (tokenizer.Vocabulary.Count != configuration.VocabularySize)
            throw new InvalidDataException(
                $"The tokenizer has {tokenizer.Vocabulary.Count} tokens, the encoder {configuration.VocabularySize}.");
        var target = device(options.Device);

        SentimentClassifier CreateModel()
        {
            manual_seed(options.Training.Seed);
            var model = new SentimentClassifier(configuration);
            PretrainedEncoder.LoadInto(model, cache.PathOf(AssetCatalog.EncoderWeights));
            return model.to(target);
        }

        using (var model = CreateModel())
            Check(model, tokenizer, target, display);

        var reviews = await ReviewFile.ReadAsync(cache.PathOf(AssetCatalog.Reviews), cancellation).ConfigureAwait(false);
        var split = Draw(reviews, options);
        display.Say(
            $"{reviews.Count:N0} different reviews: {split.Training.Count:N0} to train on, {split.HeldOut.Count:N0} held out, "
            + $"{options.SequenceLength} tokens of each.");
        return new Workload(
            CreateModel,
            EncodedReview.Encode(split.Training, tokenizer, options.SequenceLength),
            EncodedReview.Encode(split.HeldOut, tokenizer, options.SequenceLength),
            tokenizer.Vocabulary.Padding,
            target);
    }

    /// <summary>As many reviews as the steps need, or as there are.</summary>
    internal static ReviewSplit Draw(IReadOnlyCollection<Review> reviews, DemoOptions options)
    {
        int rarer = Math.Min(reviews.Count(review => review.IsPositive), reviews.Count(review => !review.IsPositive));
        long wanted = (long)options.Training.Steps * options.Training.BatchSize;
        long available = 2L * rarer - options.Examples;
        long training = Math.Min(wanted + wanted % 2, Math.Max(available, 0));
        return ReviewSplit.Draw(reviews, (int)training, options.Examples, options.Training.Seed);
    }

    private static async Task FetchAsync(AssetCache cache, IDisplay display, CancellationToken cancellation)
    {
        var missing = await cache.MissingAsync(AssetCatalog.All, cancellation).ConfigureAwait(false);
        foreach (var package in missing.GroupBy(asset => asset.Package))
            await display.TrackAsync($"Fetching {package.Key}", package.Key.ArchiveSize, ProgressUnit.Bytes, async progress =>
            {
                var bytes = new SynchronousProgress(done => progress.Report(done, ""));
                await cache.FetchAsync(package.Key, package.ToList(), bytes, cancellation).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        if (missing.Count > 0)
            display.Say($"Sizes and checksums are right; kept in {cache.Folder}.");
    }

    private static void Check(SentimentClassifier model, WordPieceTokenizer tokenizer, Device device, IDisplay display)
    {
        var similarities = SentenceCheck.Measure(model, tokenizer, device);
        foreach (var similarity in similarities)
            display.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"cos('{similarity.First}', '{similarity.Second}') = {similarity.Cosine:0.0000}, expected {similarity.Expected:0.0000}"));
        if (!similarities.All(similarity => similarity.IsRight))
            throw new InvalidDataException(
                $"The encoder does not say what it should (to {SentenceCheck.Tolerance}), so nothing is trained: "
                + "its file, the tokenizer or an operator is at fault.");
    }

    private sealed class SynchronousProgress(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
