namespace SlSam.Experiments;

/// <summary>The budget of an experiment: the same for every method.</summary>
internal sealed record ExperimentSettings
{
    /// <summary>Steps of each run.</summary>
    public required int Steps { get; init; }

    /// <summary>The seeds of the final figures: they decide the order of the texts, the classifier's first weights and the layers drawn.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>How many of a method's learning rates are tried, from the middle of its grid outward.</summary>
    public required int Rates { get; init; }

    /// <summary>Texts that the learning rate is chosen with, and that nothing else sees; even.</summary>
    public required int ValidationTexts { get; init; }

    /// <summary>Texts that the final figures are from, and that nothing else sees; even.</summary>
    public required int TestTexts { get; init; }

    /// <summary>Texts in a step.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>The most tokens of a text that are read.</summary>
    public int SequenceLength { get; init; } = 48;

    /// <summary>The share of the steps in which the learning rate rises to its peak, before it falls to 0; both linearly.</summary>
    public double WarmupShare { get; init; } = 0.1;

    /// <summary>Decoupled weight decay.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Steps of a method that are timed, each beside an AdamW step on the same batch.</summary>
    /// <remarks>In the full form a multiple of every interval in the methods' options, so that what happens now and then is counted in its proportion.</remarks>
    public required int TimedSteps { get; init; }

    /// <summary>Steps after which a method's peak of memory is read.</summary>
    public required int MemorySteps { get; init; }

    /// <summary>The seed with which learning rates are compared: the first.</summary>
    public int TuningSeed => Seeds[0];

    /// <summary>Three seeds and a grid of three learning rates; ends within 150 minutes on 2 cores.</summary>
    public static ExperimentSettings Full { get; } = new()
    {
        Steps = 80,
        Seeds = [1, 2, 3],
        Rates = 3,
        ValidationTexts = 300,
        TestTexts = 600,
        TimedSteps = 40,
        MemorySteps = 16,
    };

    /// <summary>One seed and one learning rate: that everything works, in 15 minutes.</summary>
    public static ExperimentSettings Quick { get; } = new()
    {
        Steps = 24,
        Seeds = [1],
        Rates = 1,
        ValidationTexts = 60,
        TestTexts = 200,
        TimedSteps = 6,
        MemorySteps = 6,
    };

    /// <summary>The same with another number of steps.</summary>
    /// <param name="factor">By how much longer each run is.</param>
    public ExperimentSettings Scaled(double factor) => this with { Steps = Math.Max(2, (int)Math.Round(Steps * factor)) };

    /// <summary>The learning rate of a step as a share of the peak.</summary>
    public double RateAt(int step)
    {
        double warmup = Math.Max(1, Math.Round(WarmupShare * Steps));
        return Math.Min((step + 1) / warmup, Math.Max(Steps - step, 0.0) / Math.Max(Steps - warmup, 1));
    }
}
