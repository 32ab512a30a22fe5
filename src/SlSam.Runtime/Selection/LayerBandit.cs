using System.ComponentModel.DataAnnotations;

namespace SlSam;

/// <summary>
/// SL-SAM's adversarial bandit over arms (arXiv 2602.09395): it holds each arm's probability of being active and moves it, by exponential weights on
/// importance-weighted gradient norms, towards arms with large gradients. The probabilities sum to the sparsity times the number of arms.
/// </summary>
public sealed class LayerBandit : IResumable
{
    private const double SmallestProbability = 1e-8;
    private const double SmallestSum = 1e-5;

    private readonly double[] _probabilities;
    private readonly double[] _weights;
    private readonly double[] _sums;
    private readonly double[] _sorted;
    private readonly double _budget;
    private readonly double _learningRate;

    /// <summary>Starts with the same probability for every arm.</summary>
    /// <param name="arms">The number of arms, at least 0.</param>
    /// <param name="sparsity">The expected share of active arms s, in (0, 1].</param>
    /// <param name="learningRate">The bandit's learning rate alpha, finite and at least 0; 0.001 in the released code.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public LayerBandit(
        [Range(0, int.MaxValue)] int arms,
        [Range(0.0, 1.0, MinimumIsExclusive = true)] double sparsity,
        [Range(0, double.MaxValue)] double learningRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(arms);
        Require.Fraction(sparsity);
        Require.NonNegative(learningRate);
        _probabilities = new double[arms];
        _weights = new double[arms];
        _sums = new double[arms];
        _sorted = new double[arms];
        _budget = sparsity * arms;
        _learningRate = learningRate;
        Array.Fill(_probabilities, sparsity);
    }

    /// <summary>Each arm's probability of being active, in [1e-8, 1].</summary>
    public ReadOnlySpan<double> Probabilities => _probabilities;

    /// <summary>
    /// Moves the probabilities by what a step has measured: the loss estimate of an active arm is
    /// max_j (g_j / p_j)^2 - (g_i / p_i)^2, its weight p_i exp(-alpha loss_i / p_i); an inactive arm keeps its weight.
    /// Then the weights are projected onto the probabilities that sum to the budget.
    /// </summary>
    /// <param name="norms">The L2 norm of each arm's gradient; NaN for an arm that was inactive or got no gradient.</param>
    /// <exception cref="ArgumentException">The number of norms is not the number of arms.</exception>
    public void Learn(ReadOnlySpan<double> norms)
    {
        if (norms.Length != _probabilities.Length)
        {
            throw new ArgumentException($"{norms.Length} norms were given for {_probabilities.Length} arms.", nameof(norms));
        }

        var largest = 0.0;
        for (var arm = 0; arm < norms.Length; arm++)
        {
            if (!double.IsNaN(norms[arm]))
            {
                largest = Math.Max(largest, Reward(norms, arm));
            }
        }

        for (var arm = 0; arm < norms.Length; arm++)
        {
            var probability = _probabilities[arm];
            _weights[arm] = double.IsNaN(norms[arm])
                ? probability
                : probability * Math.Exp(-_learningRate * (largest - Reward(norms, arm)) / probability);
        }

        Project();
    }

    /// <inheritdoc/>
    public void DescribeState(StateDescription state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Numbers("probabilities", _probabilities);
    }

    private double Reward(ReadOnlySpan<double> norms, int arm)
    {
        var ratio = norms[arm] / _probabilities[arm];
        return ratio * ratio;
    }

    /// <summary>
    /// Finds the probabilities in proportion to the weights that sum to the budget, where none exceeds 1: the largest weights are set to 1, one
    /// by one, until the rest can share what is left.
    /// </summary>
    private void Project()
    {
        // Smallest first: subtracting from the whole sum instead would leave nothing but rounding where one weight dwarfs the rest.
        _weights.CopyTo(_sorted, 0);
        Array.Sort(_sorted);
        var sum = 0.0;
        for (var position = 0; position < _sorted.Length; position++)
        {
            sum += _sorted[position];
            _sums[position] = sum;
        }

        var budget = _budget;
        var left = _sorted.Length;
        while (left > 0 && (_sorted[left - 1] * budget > _sums[left - 1] || (left < _sorted.Length && _sorted[left - 1] == _sorted[left])))
        {
            budget -= 1;
            left--;
        }

        // Equal weights share what becomes of them, so that it does not depend on how they are sorted.
        var smallestCapped = left < _sorted.Length ? _sorted[left] : double.PositiveInfinity;
        var scale = left == 0 ? 0 : budget / Math.Max(_sums[left - 1], SmallestSum);
        for (var arm = 0; arm < _weights.Length; arm++)
        {
            _probabilities[arm] = _weights[arm] >= smallestCapped ? 1 : Math.Clamp(_weights[arm] * scale, SmallestProbability, 1);
        }
    }
}
