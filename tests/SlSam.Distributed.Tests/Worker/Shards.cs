using SlSam.Runtime.Tests.Models;
using static TorchSharp.torch;

namespace SlSam.Distributed.Tests.Worker;

/// <summary>The batches of a trial, whole and in the parts that the ranks get.</summary>
public sealed class Shards(int[] sizes)
{
    public const int Width = 6;
    public const int Classes = 3;

    public int Count => sizes.Length;

    /// <summary>Equal parts of 24 examples.</summary>
    public static Shards Equal(int count) => new([.. Enumerable.Repeat(24 / count, count)]);

    /// <summary>Parts of different sizes.</summary>
    public static Shards Unequal(int count) => new([.. Enumerable.Range(0, count).Select(rank => 3 + 5 * rank)]);

    public int Size(int rank) => sizes[rank];

    /// <summary>A rank's part of a step's batch.</summary>
    public Batch Part(int step, int rank)
    {
        var generator = new Random(1000 * step + rank);
        var input = new double[sizes[rank] * Width];
        var target = new long[sizes[rank]];
        for (var index = 0; index < input.Length; index++)
        {
            input[index] = 2 * generator.NextDouble() - 1;
        }

        for (var index = 0; index < target.Length; index++)
        {
            target[index] = generator.Next(Classes);
        }

        return new Batch(tensor(input).reshape(sizes[rank], Width), tensor(target));
    }

    /// <summary>
    /// The joint batch: the first halves of all parts, then the second ones, so that a step on its first half sees the first halves of the parts.
    /// </summary>
    public Batch Joint(int step)
    {
        Batch[] parts = [.. Enumerable.Range(0, Count).Select(rank => Part(step, rank))];
        Tensor Join(Func<Batch, Tensor> of) => cat(
            [.. parts.Select(part => First(of(part))), .. parts.Select(part => Second(of(part)))]);
        return new Batch(Join(part => part.Input), Join(part => part.Target));

        static Tensor First(Tensor rows) => rows.narrow(0, 0, rows.shape[0] / 2);
        static Tensor Second(Tensor rows) => rows.narrow(0, rows.shape[0] / 2, rows.shape[0] - rows.shape[0] / 2);
    }
}
