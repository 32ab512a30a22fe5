using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Sparse;

/// <summary>Masks against sorting everything.</summary>
public sealed class MaskSelectionTests
{
    [Theory]
    [InlineData(SparseScope.Global)]
    [InlineData(SparseScope.Local)]
    [InlineData(SparseScope.Layer)]
    public void A_mask_is_the_top_of_the_sorted_entries_with_ties_in_their_order(SparseScope scope)
    {
        using var disposeScope = NewDisposeScope();
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var layers = Enumerable.Range(0, random.Next(1, 4))
                .Select(layer => new SamLayer($"layer{layer}", SamLayerKind.Parameter, -1, new Parameter(zeros(1)))).ToArray();

            // Few different values, so that ties straddle the threshold, also between weights.
            var scores = Enumerable.Range(0, random.Next(layers.Length, 7))
                .Select(_ => Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.Next(-3, 4) * 0.5).ToArray()).ToArray();
            var weights = scores.Select((values, index) =>
                new MaskedWeight($"w{index}", layers[index % layers.Length], new Parameter(zeros(values.Length, dtype: ScalarType.Float64)))).ToArray();
            var options = random.Next(2) == 0
                ? new SparseOptions { Scope = scope, Density = random.NextDouble() * 0.999 + 0.001 }
                : new SparseOptions { Scope = scope, Count = random.Next(1, 60) };

            var masks = MaskSelection.Select(new Given(scores), weights, options);
            var actual = masks.Select(mask => mask.data<long>().ToArray()).ToArray();
            Assert.Equal(ByBruteForce(scores, weights, options), actual);
        }
    }

    [Fact]
    public void With_density_1_every_entry_is_in_the_mask()
    {
        using var scope = NewDisposeScope();
        var weights = new[] { 3, 5 }.Select(size =>
            new MaskedWeight($"{size}", new SamLayer("l", SamLayerKind.Parameter, -1, new Parameter(zeros(1))), new Parameter(zeros(size)))).ToArray();
        var masks = MaskSelection.Select(new Given([[1, 1, 1], [0, -1, 2, 3, 4]]), weights, new SparseOptions { Density = 1 });
        Assert.Equal([0, 1, 2], masks[0].data<long>().ToArray());
        Assert.Equal([0, 1, 2, 3, 4], masks[1].data<long>().ToArray());
    }

    [Fact]
    public void A_share_that_is_a_whole_number_of_entries_is_that_number()
    {
        // 0.29 * 100 is 28.999999999999996.
        using var scope = NewDisposeScope();
        var layer = new SamLayer("l", SamLayerKind.Parameter, -1, new Parameter(zeros(1)));
        MaskedWeight[] weights = [new("w", layer, new Parameter(rand(100)))];
        foreach (var (density, count) in new[] { (0.29, 29), (0.07, 7), (0.57, 57), (0.295, 29), (0.001, 1) })
        {
            Assert.Equal(count, MaskSelection.Select(new MagnitudeSalience(weights), weights, new SparseOptions { Density = density })[0].numel());
        }
    }

    [Fact]
    public void More_entries_than_topk_can_be_asked_for_are_the_same_ones()
    {
        using var scope = NewDisposeScope();
        var scores = rand(50);
        Assert.Equal(
            MaskSelection.Top(scores, 20).sort().Values.data<float>().ToArray(), MaskSelection.Top(scores, 20, topkLimit: 19).sort().Values.data<float>().ToArray());
    }

    [Fact]
    public void Scores_of_different_types_are_compared_exactly()
    {
        using var scope = NewDisposeScope();
        var layer = new SamLayer("l", SamLayerKind.Parameter, -1, new Parameter(zeros(1)));
        MaskedWeight[] weights =
        [
            new("single", layer, new Parameter(tensor(new[] { 1f, 0.5f }))),
            new("double", layer, new Parameter(tensor(new[] { 1 + 1e-12, 1 - 1e-12 }))),
        ];
        var masks = MaskSelection.Select(new MagnitudeSalience(weights), weights, new SparseOptions { Count = 2 });
        Assert.Equal([0L], masks[0].data<long>().ToArray());
        Assert.Equal([0L], masks[1].data<long>().ToArray());
    }

    [Fact]
    public void Salience_that_is_not_finite_is_refused_by_name()
    {
        using var scope = NewDisposeScope();
        var layer = new SamLayer("l", SamLayerKind.Parameter, -1, new Parameter(zeros(1)));
        MaskedWeight[] weights = [new("blocks.1.weight", layer, new Parameter(tensor(new[] { 1, float.NaN })))];
        var error = Assert.Throws<InvalidOperationException>(
            () => MaskSelection.Select(new MagnitudeSalience(weights), weights, new SparseOptions { Count = 1 }));
        Assert.Contains("blocks.1.weight", error.Message);
    }

    private static long[][] ByBruteForce(double[][] scores, MaskedWeight[] weights, SparseOptions options)
    {
        var entries = scores.SelectMany((values, weight) => values.Select((score, entry) => (score, weight, entry)));
        var groups = entries.GroupBy(each => options.Scope switch
        {
            SparseScope.Global => 0,
            SparseScope.Local => each.weight,
            _ => Array.FindIndex(weights, other => other.Layer == weights[each.weight].Layer),
        }).Select(group => group.ToArray()).ToArray();
        var taken = groups.SelectMany(group =>
        {
            var wanted = options.Count is { } count ? count / groups.Length : Math.Floor(options.Density * group.Length);
            return group.OrderByDescending(each => each.score).ThenBy(each => each.weight).ThenBy(each => each.entry)
                .Take((int)Math.Max(1, Math.Min(wanted, group.Length)));
        }).ToLookup(each => each.weight, each => (long)each.entry);
        return [.. scores.Select((_, weight) => taken[weight].Order().ToArray())];
    }

    private sealed class Given(double[][] scores) : Salience
    {
        public override Tensor Of(int weight) => tensor(scores[weight]);
    }
}
