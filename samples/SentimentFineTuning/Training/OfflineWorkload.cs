using MiniLM.Encoder;
using MiniLM.Texts;
using SentimentFineTuning.CommandLine;

namespace SentimentFineTuning.Training;

/// <summary>A small encoder with random weights and reviews from <see cref="SyntheticReviews"/>: needs nothing from outside.</summary>
internal static class OfflineWorkload
{
    internal static Workload Prepare(DemoOptions options)
    {
        long wanted = (long)options.Training.Steps * options.Training.BatchSize;
        int count = (int)Math.Min(wanted + wanted % 2, 20_000) + options.Examples;
        var reviews = SyntheticReviews.Create(count, options.Training.Seed);
        return Workload.Of(EncoderCheckpoint.Random(reviews), Workload.Draw(reviews, options), options);
    }
}
