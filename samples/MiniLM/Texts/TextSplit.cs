namespace MiniLM.Texts;

/// <summary>Texts to train on and others to measure with, each half positive, drawn and ordered by a seed.</summary>
public sealed class TextSplit
{
    private TextSplit(IReadOnlyList<LabelledText> training, IReadOnlyList<LabelledText> heldOut)
    {
        Training = training;
        HeldOut = heldOut;
    }

    public IReadOnlyList<LabelledText> Training { get; }

    public IReadOnlyList<LabelledText> HeldOut { get; }

    /// <summary>Draws both sets. The held-out one depends on the seed and its own size alone, however many are trained on.</summary>
    /// <param name="texts">Where to draw from, without doublets.</param>
    /// <param name="training">How many to train on, an even number.</param>
    /// <param name="heldOut">How many to hold out, an even number.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <exception cref="ArgumentException">There are too few texts of one kind.</exception>
    public static TextSplit Draw(IReadOnlyCollection<LabelledText> texts, int training, int heldOut, int seed)
    {
        if (training < 2 || training % 2 != 0 || heldOut < 2 || heldOut % 2 != 0)
            throw new ArgumentException(
                $"Both sets are half positive: {training} to train on and {heldOut} held out must be even, and at least 2.");
        var random = new Random(seed);
        var held = new List<LabelledText>(heldOut);
        var train = new List<LabelledText>(training);
        foreach (bool positive in new[] { false, true })
        {
            var kind = texts.Where(text => text.IsPositive == positive).ToArray();
            if (kind.Length < (training + heldOut) / 2)
                throw new ArgumentException(
                    $"There are {kind.Length} {(positive ? "positive" : "negative")} texts; {training} to train on "
                    + $"and {heldOut} held out need {(training + heldOut) / 2}.");
            random.Shuffle(kind);
            held.AddRange(kind[..(heldOut / 2)]);
            train.AddRange(kind[(heldOut / 2)..((heldOut + training) / 2)]);
        }
        var heldOutTexts = Shuffled(held, random);
        return new TextSplit(Shuffled(train, random), heldOutTexts);
    }

    private static LabelledText[] Shuffled(List<LabelledText> texts, Random random)
    {
        LabelledText[] array = [.. texts];
        random.Shuffle(array);
        return array;
    }
}
