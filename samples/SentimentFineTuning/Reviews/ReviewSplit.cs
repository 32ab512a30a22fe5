namespace SentimentFineTuning.Reviews;

/// <summary>Reviews to train on and others to measure with, each half positive, drawn and ordered by a seed.</summary>
internal sealed class ReviewSplit
{
    private ReviewSplit(IReadOnlyList<Review> training, IReadOnlyList<Review> heldOut)
    {
        Training = training;
        HeldOut = heldOut;
    }

    internal IReadOnlyList<Review> Training { get; }

    internal IReadOnlyList<Review> HeldOut { get; }

    /// <summary>Draws both sets. The held-out one depends on the seed and its own size alone, however many are trained on.</summary>
    /// <param name="reviews">Where to draw from, without doublets.</param>
    /// <param name="training">How many to train on, an even number.</param>
    /// <param name="heldOut">How many to hold out, an even number.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <exception cref="ArgumentException">There are too few reviews of one kind.</exception>
    internal static ReviewSplit Draw(IReadOnlyCollection<Review> reviews, int training, int heldOut, int seed)
    {
        if (training < 2 || training % 2 != 0 || heldOut < 2 || heldOut % 2 != 0)
            throw new ArgumentException(
                $"Both sets are half positive: {training} to train on and {heldOut} held out must be even, and at least 2.");
        var random = new Random(seed);
        var held = new List<Review>(heldOut);
        var train = new List<Review>(training);
        foreach (bool positive in new[] { false, true })
        {
            var kind = reviews.Where(review => review.IsPositive == positive).ToArray();
            if (kind.Length < (training + heldOut) / 2)
                throw new ArgumentException(
                    $"There are {kind.Length} {(positive ? "positive" : "negative")} reviews; {training} to train on "
                    + $"and {heldOut} held out need {(training + heldOut) / 2}.");
            random.Shuffle(kind);
            held.AddRange(kind[..(heldOut / 2)]);
            train.AddRange(kind[(heldOut / 2)..((heldOut + training) / 2)]);
        }
        var heldOutReviews = Shuffled(held, random);
        return new ReviewSplit(Shuffled(train, random), heldOutReviews);
    }

    private static Review[] Shuffled(List<Review> reviews, Random random)
    {
        Review[] array = [.. reviews];
        random.Shuffle(array);
        return array;
    }
}
