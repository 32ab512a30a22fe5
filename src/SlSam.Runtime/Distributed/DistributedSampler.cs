using System.Globalization;

namespace SlSam;

/// <summary>
/// Which examples of a data set each process of a group trains on: in every epoch another order, the same in all processes, dealt out one by one. All get
/// equally many, since all must make equally many steps.
/// </summary>
public sealed class DistributedSampler
{
    private readonly int _examples;
    private readonly int _rank;
    private readonly int _worldSize;
    private readonly bool _shuffle;
    private readonly long _seed;

    /// <summary>A sampler for a process of a group.</summary>
    /// <param name="examples">How many examples the data set has.</param>
    /// <param name="group">The processes.</param>
    /// <param name="shuffle">Whether their order changes from epoch to epoch; so by default.</param>
    /// <param name="seed">What the orders depend on beside the epoch, the same in every process; 0 by default.</param>
    /// <param name="dropLast">
    /// Whether the examples are left out that are too few for one more for each process, instead of the first being used twice. Not so by default.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="group"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no examples, or fewer than processes and the last are to be left out.</exception>
    public DistributedSampler(int examples, ProcessGroup group, bool shuffle = true, long seed = 0, bool dropLast = false)
        : this(examples, (group ?? throw new ArgumentNullException(nameof(group))).Rank, group.WorldSize, shuffle, seed, dropLast)
    {
    }

    /// <summary>A sampler for one of several processes.</summary>
    /// <param name="examples">How many examples the data set has.</param>
    /// <param name="rank">The process's number, from 0.</param>
    /// <param name="worldSize">How many processes there are.</param>
    /// <param name="shuffle">Whether their order changes from epoch to epoch; so by default.</param>
    /// <param name="seed">What the orders depend on beside the epoch, the same in every process; 0 by default.</param>
    /// <param name="dropLast">
    /// Whether the examples are left out that are too few for one more for each process, instead of the first being used twice. Not so by default.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There are no examples, or fewer than processes and the last are to be left out; or the rank is none of a group of that size.
    /// </exception>
    public DistributedSampler(int examples, int rank, int worldSize, bool shuffle = true, long seed = 0, bool dropLast = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(worldSize, 1);
        if (rank < 0 || rank >= worldSize)
        {
            throw new ArgumentOutOfRangeException(
                nameof(rank), rank, string.Create(CultureInfo.InvariantCulture, $"The rank is {rank}, but must be from 0 to {worldSize - 1}."));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(examples, dropLast ? worldSize : 1);
        (_examples, _rank, _worldSize, _shuffle, _seed) = (examples, rank, worldSize, shuffle, seed);
        Count = dropLast ? examples / worldSize : (examples + worldSize - 1) / worldSize;
    }

    /// <summary>How many examples the process trains on in an epoch.</summary>
    public int Count { get; }

    /// <summary>The process's examples in an epoch, in the order in which it is to use them.</summary>
    /// <param name="epoch">The epoch's number; the same in every process.</param>
    /// <returns>Their positions in the data set.</returns>
    public int[] Indices(int epoch)
    {
        var order = new int[_examples];
        for (var index = 0; index < order.Length; index++)
        {
            order[index] = index;
        }

        if (_shuffle)
        {
            var draws = new SeededUniformSource(unchecked(_seed + epoch));
            for (var left = order.Length; left > 1; left--)
            {
                var drawn = (int)(draws.Next() * left);
                (order[left - 1], order[drawn]) = (order[drawn], order[left - 1]);
            }
        }

        var indices = new int[Count];
        for (var index = 0; index < indices.Length; index++)
        {
            indices[index] = order[(int)((_rank + (long)index * _worldSize) % _examples)];
        }

        return indices;
    }
}
