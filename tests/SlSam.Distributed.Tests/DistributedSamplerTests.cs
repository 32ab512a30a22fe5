namespace SlSam.Distributed.Tests;

/// <summary>Who trains on what.</summary>
public sealed class DistributedSamplerTests
{
    [Theory]
    [InlineData(12, 4, false)]
    [InlineData(13, 4, false)]
    [InlineData(13, 4, true)]
    [InlineData(3, 4, false)]
    [InlineData(1, 1, true)]
    public void Together_the_processes_see_every_example_once_but_for_the_rest(int examples, int processes, bool dropLast)
    {
        DistributedSampler[] samplers = [.. Enumerable.Range(0, processes).Select(rank => new DistributedSampler(examples, rank, processes, dropLast: dropLast))];
        for (var epoch = 0; epoch < 3; epoch++)
        {
            int[][] parts = [.. samplers.Select(sampler => sampler.Indices(epoch))];
            var uses = parts.SelectMany(part => part).GroupBy(index => index).ToDictionary(group => group.Key, group => group.Count());

            Assert.All(parts, part => Assert.Equal(samplers[0].Count, part.Length));
            Assert.All(uses.Keys, index => Assert.InRange(index, 0, examples - 1));
            var all = samplers[0].Count * processes;
            Assert.Equal(dropLast ? examples / processes * processes : examples, uses.Count);
            Assert.Equal(dropLast ? 0 : all - examples, uses.Values.Sum(count => count - 1));
        }
    }

    [Fact]
    public void Orders_differ_from_epoch_to_epoch_and_from_seed_to_seed_and_come_again()
    {
        var sampler = new DistributedSampler(100, rank: 1, worldSize: 2);

        Assert.Equal(sampler.Indices(3), new DistributedSampler(100, rank: 1, worldSize: 2).Indices(3));
        Assert.NotEqual(sampler.Indices(3), sampler.Indices(4));
        Assert.NotEqual(sampler.Indices(3), new DistributedSampler(100, rank: 1, worldSize: 2, seed: 8).Indices(3));
        Assert.Equal([1, 3, 5], new DistributedSampler(6, rank: 1, worldSize: 2, shuffle: false).Indices(9));

        // As PyTorch's, without shuffling: what is short at the end is taken from the beginning.
        Assert.Equal([2, 0], new DistributedSampler(5, rank: 2, worldSize: 3, shuffle: false).Indices(0));
    }

    [Fact]
    public void What_cannot_be_dealt_out_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("examples", () => new DistributedSampler(0, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("examples", () => new DistributedSampler(3, 0, 4, dropLast: true));
        Assert.Throws<ArgumentOutOfRangeException>("rank", () => new DistributedSampler(3, 4, 4));
        Assert.Throws<ArgumentNullException>("group", () => new DistributedSampler(3, null!));
    }
}
