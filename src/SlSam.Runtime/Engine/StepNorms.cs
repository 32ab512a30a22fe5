using System.Runtime.InteropServices;

namespace SlSam;

/// <summary>The norms of one step's gradients: by parameter as they are read, and summed to those of arms.</summary>
internal sealed class StepNorms
{
    private readonly double[] _lastLengths;
    private readonly List<TrainedParameter> _withGradient = [];

    public StepNorms(ArmTable table)
    {
        Gradients = new double[2 * table.All.Length + 1];
        Lengths = new double[table.All.Length];
        _lastLengths = new double[table.All.Length];
        OfArms = new double[table.Arms.Count];
        AppliedToArms = new double[table.Arms.Count];
    }

    /// <summary>The norms of the last pass's gradients, by position in the set of that pass; with room for what is read along with them.</summary>
    public double[] Gradients { get; }

    /// <summary>The lengths that divide the radius, by position in the set of the first pass.</summary>
    public double[] Lengths { get; }

    /// <summary>The norms of the arms' gradients in the first pass; NaN where it computed none.</summary>
    public double[] OfArms { get; }

    /// <summary>The norms of the gradients that were applied to the arms; NaN where none was.</summary>
    public double[] AppliedToArms { get; }

    /// <summary>Sums the first pass's norms to those of arms.</summary>
    /// <returns>The norm over all of them.</returns>
    public double Summarize(ParameterSet measured) => Sum(measured, OfArms);

    /// <summary>Sums the norms of the gradients that were applied to those of arms.</summary>
    public void SummarizeApplied(ParameterSet updated) => Sum(updated, AppliedToArms);

    /// <summary>The length that divides the radius.</summary>
    /// <param name="active">The step's parameters.</param>
    /// <param name="norm">Over what it is taken.</param>
    public double Length(ActiveSet active, PerturbationNorm norm)
    {
        var everything = norm == PerturbationNorm.All;
        var total = everything ? SumOfSquares(_lastLengths) : 0;
        var perturbed = active.Perturbed.Trained;
        for (var index = 0; index < active.Measured.Trained.Length; index++)
        {
            var trained = active.Measured.Trained[index];
            var length = Lengths[index] == MultiTensorProgram.NoGradient ? 0 : Lengths[index];
            if (everything)
            {
                total += length * length - _lastLengths[trained.Index] * _lastLengths[trained.Index];
            }
            else if (perturbed.Length > 0 && perturbed[0] == trained)
            {
                total += length * length;
                perturbed = perturbed[1..];
            }
        }

        return Math.Sqrt(Math.Max(0, total));
    }

    /// <summary>Remembers the lengths of the first pass for later steps that measure only a part of the model.</summary>
    public void RememberLengths(ParameterSet measured)
    {
        for (var index = 0; index < measured.Trained.Length; index++)
        {
            _lastLengths[measured.Trained[index].Index] = Lengths[index] == MultiTensorProgram.NoGradient ? 0 : Lengths[index];
        }
    }

    /// <summary>Forgets the length of a parameter of which other entries are trained from now on.</summary>
    public void Forget(TrainedParameter trained) => _lastLengths[trained.Index] = 0;

    /// <summary>Describes the lengths that later steps use.</summary>
    public void DescribeState(StateDescription state) => state.Numbers("lengths", _lastLengths);

    /// <summary>Whether every norm of a pass is finite, and that over all of them.</summary>
    public bool AreFinite(ParameterSet set) => AreFinite(Gradients.AsSpan(0, set.Trained.Length));

    /// <summary>Whether each of some norms is finite, and that over all of them.</summary>
    public static bool AreFinite(ReadOnlySpan<double> norms)
    {
        var sum = 0.0;
        foreach (var norm in norms)
        {
            sum += norm * norm;
        }

        return double.IsFinite(sum);
    }

    /// <summary>Gives each parameter the norm of the gradient that is about to be applied to it; NaN to those without one.</summary>
    /// <returns>The parameters that have one.</returns>
    public ReadOnlySpan<TrainedParameter> Publish(ParameterSet updated)
    {
        foreach (var trained in _withGradient)
        {
            trained.GradientNorm = double.NaN;
        }

        _withGradient.Clear();
        for (var index = 0; index < updated.Trained.Length; index++)
        {
            if (Gradients[index] != MultiTensorProgram.NoGradient)
            {
                updated.Trained[index].GradientNorm = Gradients[index];
                _withGradient.Add(updated.Trained[index]);
            }
        }

        return CollectionsMarshal.AsSpan(_withGradient);
    }

    private static double SumOfSquares(double[] lengths)
    {
        var sum = 0.0;
        foreach (var length in lengths)
        {
            sum += length * length;
        }

        return sum;
    }

    private double Sum(ParameterSet set, double[] arms)
    {
        Array.Fill(arms, double.NaN);
        var total = 0.0;
        for (var index = 0; index < set.Trained.Length; index++)
        {
            var norm = Gradients[index];
            if (norm == MultiTensorProgram.NoGradient)
            {
                continue;
            }

            total += norm * norm;
            var arm = set.Trained[index].Arm;
            if (arm != TrainedParameter.NoArm)
            {
                arms[arm] = (double.IsNaN(arms[arm]) ? 0 : arms[arm]) + norm * norm;
            }
        }

        for (var arm = 0; arm < arms.Length; arm++)
        {
            if (!double.IsNaN(arms[arm]))
            {
                arms[arm] = Math.Sqrt(arms[arm]);
            }
        }

        return Math.Sqrt(total);
    }
}
