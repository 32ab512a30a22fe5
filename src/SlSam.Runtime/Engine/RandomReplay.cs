using System.Buffers.Binary;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// Makes both passes of a step draw the same random numbers, so that a dropout mask is the same at the perturbed weights, and gives those of a refused step
/// back. The CPU's generator is wound back to where it was; TorchSharp cannot read a GPU's, so it is started at each mark from a seed of the optimizer's own.
/// </summary>
internal sealed class RandomReplay(bool usesCuda, long seed)
{
    private long _seed = seed;

    /// <summary>This process's number among those that train together: each draws its own numbers on its GPU, as on the CPU.</summary>
    public int Rank { get; set; }

    /// <summary>Marks the point to which <see cref="Rewind"/> returns.</summary>
    public RandomMark Mark()
    {
        SeedCuda(++_seed);
        return new RandomMark(get_rng_state(), _seed);
    }

    /// <summary>Returns to a mark.</summary>
    public void Rewind(RandomMark mark)
    {
        set_rng_state(mark.State);
        SeedCuda(mark.Seed);
    }

    /// <summary>Returns to a mark as if neither it nor any after it had been made.</summary>
    public void TakeBack(RandomMark mark)
    {
        Rewind(mark);
        _seed = mark.Seed - 1;
    }

    /// <summary>Describes where both generators are; a GPU's follows from the number of steps.</summary>
    public void DescribeState(StateDescription state)
    {
        state.Integer("seed", () => _seed, seed => _seed = seed, minimum: long.MinValue);
        state.Tensors(
            "generator",
            [""],
            () => [get_rng_state()],
            saved => Set(saved!),
            (_, _) => Form(),
            (_, generator) => Problem(generator));

        static void Set(IReadOnlyList<SavedTensor> saved)
        {
            using var generator = saved[0].Read();
            set_rng_state(generator);
        }

        // TorchSharp ends the process where libtorch refuses a state, so what libtorch looks at is looked at here: how many numbers of the Mersenne twister
        // are left, whether it has been seeded, and which comes next.
        static string? Problem(Tensor generator)
        {
            const int Numbers = 624;
            var state = generator.bytes;
            var left = BinaryPrimitives.ReadInt32LittleEndian(state[8..]);
            var seeded = BinaryPrimitives.ReadInt32LittleEndian(state[12..]);
            var next = BinaryPrimitives.ReadUInt64LittleEndian(state[16..]);
            return left is > 0 and <= Numbers && seeded == 1 && next <= Numbers
                ? null
                : $"is no state of a generator: {left} numbers left, seeded {seeded}, next {next}";
        }

        static TensorForm Form()
        {
            using var generator = get_rng_state();
            return new TensorForm(generator.dtype, generator.shape);
        }
    }

    private void SeedCuda(long seed)
    {
        if (usesCuda)
        {
            // All GPUs: TorchSharp's manual_seed means the calling thread's current one, which need not be the model's.
            cuda.manual_seed_all(seed + ((long)Rank << 40));
        }
    }
}
