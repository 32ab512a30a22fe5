using System.ComponentModel.DataAnnotations;

namespace SlSam;

/// <summary>
/// RST, randomized sharpness-aware training: each step is a full SAM step with a given probability and a plain one otherwise, one draw a step.
/// </summary>
public sealed class RandomStepSelector : LayerSelector
{
    private readonly double _probability;
    private readonly IUniformSource _draws;

    /// <summary>Builds the selector.</summary>
    /// <param name="probability">The probability of a SAM step, in [0, 1].</param>
    /// <param name="draws">The source of uniform draws.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is out of its range.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="draws"/> is null.</exception>
    public RandomStepSelector([Range(0.0, 1.0)] double probability, IUniformSource draws)
    {
        ArgumentNullException.ThrowIfNull(draws);
        _probability = Require.Probability(probability);
        _draws = draws;
    }

    /// <inheritdoc/>
    public override bool Select(Span<ArmRole> roles)
    {
        roles.Fill(ArmRole.Perturbed);
        return _draws.Next() < _probability;
    }

    /// <inheritdoc/>
    public override void DescribeState(StateDescription state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Draws("draws", _draws);
    }
}
