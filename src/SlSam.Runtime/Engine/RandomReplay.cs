using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// Makes both passes of a step draw the same random numbers, so that a dropout mask is the same at the perturbed weights. The CPU's generator is
/// wound back to where it was; TorchSharp cannot read a GPU's, so it is started from a seed of the optimizer's own before each pass.
/// </summary>
internal sealed class RandomReplay(bool usesCuda, long seed)
{
    private long _step = seed;

    /// <summary>Marks the point to which <see cref="Rewind"/> returns.</summary>
    /// <returns>The state of the CPU's generator.</returns>
    public Tensor Mark()
    {
        _step++;
        SeedCuda();
        return get_rng_state();
    }

    /// <summary>Returns to a mark.</summary>
    public void Rewind(Tensor mark)
    {
        set_rng_state(mark);
        SeedCuda();
    }

    private void SeedCuda()
    {
        if (usesCuda)
        {
            cuda.manual_seed(_step);
        }
    }
}
