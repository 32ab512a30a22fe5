namespace SlSam;

/// <summary>
/// What the passes of a step cost, in steps of one pass that train every layer. A layer of cost f takes f in a forward pass, f in a backward pass through it, and
/// f for the gradients of its weights.
/// </summary>
internal sealed class StepCost
{
    private readonly int[] _positions;
    private readonly double[] _weights;
    private readonly double[] _from;

    public StepCost(ArmTable table)
    {
        var layers = table.Layers;

        // Without stages the order of the declaration stands for that of the forward pass.
        var isStaged = layers.Any(layer => layer.Stage >= 0);
        var positionOf = layers.Select((layer, index) => (layer, position: isStaged ? Math.Max(0, layer.Stage) : index))
            .ToDictionary(pair => pair.layer, pair => pair.position);
        _from = new double[positionOf.Values.Max() + 2];
        foreach (var (layer, position) in positionOf)
        {
            _from[position] += layer.Cost;
        }

        for (var position = _from.Length - 2; position >= 0; position--)
        {
            _from[position] += _from[position + 1];
        }

        _positions = [.. table.All.Select(trained => positionOf[trained.Group.Layer])];
        var matrices = layers.ToDictionary(layer => layer, layer => layer.Parameters.Sum(named => LayerCost.Of(named.Parameter)));
        _weights = [.. table.All.Select(trained => Share(trained.Group.Layer.Cost, LayerCost.Of(trained.Parameter), matrices[trained.Group.Layer]))];
    }

    /// <summary>The cost of a step; NaN where no layer costs anything.</summary>
    /// <param name="active">What it works on.</param>
    /// <param name="work">On what.</param>
    public double Of(ActiveSet active, StepWork work)
    {
        var whole = _from[0];
        var measured = First(active.Measured);
        var updated = First(active.Updated);
        var prefix = work.IsStaged ? whole - _from[measured] : 0;
        var forward = whole - prefix;
        var cost = prefix + forward + _from[updated] + Weights(active.Updated);
        if (active.SharpnessAware)
        {
            var again = work.RunsStagesBeforeTwice(active) ? prefix : 0;
            cost += work.AscentFraction * (again + forward + _from[measured] + Weights(active.Measured));
        }

        return cost / (3 * whole);
    }

    private int First(ParameterSet set)
    {
        var first = _from.Length - 1;
        foreach (var trained in set.Trained)
        {
            first = Math.Min(first, _positions[trained.Index]);
        }

        return first;
    }

    private double Weights(ParameterSet set)
    {
        var sum = 0.0;
        foreach (var trained in set.Trained)
        {
            sum += _weights[trained.Index];
        }

        return sum;
    }

    private static double Share(double cost, double part, double whole) => whole == 0 ? 0 : cost * part / whole;
}
