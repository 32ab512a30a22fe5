namespace SlSam.Runtime.Tests.Selection;

/// <summary>
/// What each sampler makes of a bandit's probabilities: which sets of arms it draws and how often, against probabilities of these sets that are worked out from the
/// sampler's definition.
/// </summary>
public sealed class SamplerDistributionTests
{
    private const int Draws = 100_000;
    private const int Arms = 6;

    [Theory]
    [InlineData(LayerSampling.Windowed)]
    [InlineData(LayerSampling.Independent)]
    [InlineData(LayerSampling.FixedCount)]
    public void Sets_of_arms_are_drawn_as_often_as_they_should_be_and_their_marginals_are_the_bandits(LayerSampling sampling)
    {
        var probabilities = Learned();
        var sets = Sets(sampling, probabilities);
        var none = sampling == LayerSampling.Independent ? probabilities.Aggregate(1.0, (product, p) => product * (1 - p)) : 0;
        Assert.Equal(1, sets.Values.Sum(), 1e-12);
        for (var arm = 0; arm < Arms; arm++)
        {
            var marginal = sets.Where(set => set.Key[arm] == '1').Sum(set => set.Value);
            Assert.Equal(probabilities[arm] / (1 - none), marginal, 1e-12);
        }

        var counts = Count(LayerSampler.Create(sampling, new SeededUniformSource(17)), probabilities);
        Assert.Empty(counts.Keys.Except(sets.Keys));
        ChiSquare.Assert([.. sets.Select(set => ((long)counts.GetValueOrDefault(set.Key), set.Value))], Draws);
        for (var arm = 0; arm < Arms; arm++)
        {
            var active = counts.Where(set => set.Key[arm] == '1').Sum(set => set.Value);
            var marginal = probabilities[arm] / (1 - none);
            ChiSquare.Assert([(active, marginal), (Draws - active, 1 - marginal)], Draws);
        }
    }

    [Fact]
    public void Arms_that_are_hardly_ever_active_are_drawn_in_no_time_and_from_the_same_distribution()
    {
        // A set without an active arm is drawn again 64 times in 73 % of the cases; 1e6 times would be needed on average with the second probabilities.
        foreach (var scale in new[] { 1e-3, 1e-7 })
        {
            double[] probabilities = [.. new[] { 0.1, 2, 0.5, 1, 0.3, 1 }.Select(each => each * scale)];
            var sets = Sets(LayerSampling.Independent, probabilities);
            var source = new Counting(new SeededUniformSource(23));
            var counts = Count(LayerSampler.Create(LayerSampling.Independent, source), probabilities);
            ChiSquare.Assert([.. sets.Select(set => ((long)counts.GetValueOrDefault(set.Key), set.Value))], Draws);
            Assert.InRange(source.Draws, 0, Draws * (65L * Arms + 1));
        }
    }

    /// <summary>What a bandit has learned, so that the probabilities are uneven; they sum to 3.</summary>
    private static double[] Learned()
    {
        var bandit = new LayerBandit(Arms, sparsity: 0.5, learningRate: 0.02);
        for (var step = 0; step < 30; step++)
        {
            bandit.Learn([1, 1.5, double.NaN, 0.5, 2, 1.2]);
        }

        var probabilities = bandit.Probabilities.ToArray();
        Assert.Equal(3, probabilities.Sum(), 1e-9);
        Assert.True(probabilities.Max() > 1.3 * probabilities.Min());
        return probabilities;
    }

    private static Dictionary<string, int> Count(LayerSampler sampler, double[] probabilities)
    {
        var active = new bool[Arms];
        var counts = new Dictionary<string, int>();
        for (var draw = 0; draw < Draws; draw++)
        {
            sampler.Sample(probabilities, active);
            var set = Text(active);
            counts[set] = counts.GetValueOrDefault(set) + 1;
        }

        return counts;
    }

    private static Dictionary<string, double> Sets(LayerSampling sampling, double[] probabilities) => sampling switch
    {
        LayerSampling.Windowed => Windows(probabilities),
        LayerSampling.Independent => Products(probabilities),
        _ => Systematic(probabilities),
    };

    /// <summary>Between two ends of intervals [s, s + p), or of the gaps that go to the nearer one, all draws give the same set.</summary>
    private static Dictionary<string, double> Windows(double[] probabilities)
    {
        var intervals = probabilities.Select((p, arm) => (Start: (1 - p) * arm / (Arms - 1), End: (1 - p) * arm / (Arms - 1) + p)).ToArray();
        double[] ends = [0, 1, .. intervals.SelectMany(interval => new[] { interval.Start, interval.End })];
        return Add(Between(ends).Select(cell =>
        {
            var middle = (cell.From + cell.To) / 2;
            return (Text(intervals.Select(interval => interval.Start <= middle && middle < interval.End)), cell.To - cell.From);
        }));
    }

    private static Dictionary<string, double> Products(double[] probabilities)
    {
        var none = probabilities.Aggregate(1.0, (product, p) => product * (1 - p));
        return Add(Enumerable.Range(1, (1 << Arms) - 1).Select(set =>
        {
            var active = Enumerable.Range(0, Arms).Select(arm => (set >> arm & 1) == 1).ToArray();
            return (Text(active), active.Select((isActive, arm) => isActive ? probabilities[arm] : 1 - probabilities[arm]).Aggregate((a, b) => a * b) / OneMinus(none, probabilities));
        }));
    }

    /// <summary>1 less the product of 1 - p; as a sum, where the product is nearly 1.</summary>
    private static double OneMinus(double none, double[] probabilities) => none < 0.5
        ? 1 - none
        : probabilities.Select((p, arm) => p * probabilities.Take(arm).Aggregate(1.0, (product, before) => product * (1 - before))).Sum();

    /// <summary>Every order of the arms is as likely; in one order the draws between two ends (modulo 1) hit the same arms.</summary>
    private static Dictionary<string, double> Systematic(double[] probabilities)
    {
        var orders = Orders([.. Enumerable.Range(0, Arms)]).ToArray();
        return Add(orders.SelectMany(order =>
        {
            var starts = order.Select((_, position) => order.Take(position).Sum(arm => probabilities[arm])).ToArray();
            return Between([0, 1, .. starts.Select(start => start % 1)]).Select(cell =>
            {
                var middle = (cell.From + cell.To) / 2;
                var active = new bool[Arms];
                for (var position = 0; position < Arms; position++)
                {
                    var (start, end) = (starts[position], starts[position] + probabilities[order[position]]);
                    active[order[position]] = Enumerable.Range(0, Arms).Any(whole => start <= middle + whole && middle + whole < end);
                }

                return (Text(active), (cell.To - cell.From) / orders.Length);
            });
        }));
    }

    private static IEnumerable<int[]> Orders(int[] arms) =>
        arms.Length == 1 ? [arms] : arms.SelectMany(first => Orders([.. arms.Where(arm => arm != first)]).Select(rest => (int[])[first, .. rest]));

    private static IEnumerable<(double From, double To)> Between(double[] ends)
    {
        Array.Sort(ends);
        return ends.Zip(ends.Skip(1)).Where(cell => cell.Second - cell.First > 1e-13);
    }

    private static Dictionary<string, double> Add(IEnumerable<(string Set, double Probability)> cells) =>
        cells.GroupBy(cell => cell.Set).ToDictionary(same => same.Key, same => same.Sum(cell => cell.Probability));

    private static string Text(IEnumerable<bool> active) => string.Concat(active.Select(each => each ? '1' : '0'));

    private sealed class Counting(IUniformSource source) : IUniformSource
    {
        public long Draws { get; private set; }

        public double Next()
        {
            Draws++;
            return source.Next();
        }
    }
}
