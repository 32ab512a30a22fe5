using System.ComponentModel.DataAnnotations;
using TorchSharp.Modules;

namespace SlSam;

/// <summary>
/// The parameter group of one layer. Learning-rate schedulers drive <see cref="ParamGroup.LearningRate"/>; give a layer a rate of its own by setting
/// it, and <see cref="ParamGroup.InitialLearningRate"/>, before a scheduler is built.
/// </summary>
public sealed class LayerGroup : ParamGroup
{
    private double _weightDecay;

    internal LayerGroup(SamLayer layer, double learningRate, double weightDecay)
    {
        Layer = layer;
        Parameters = [.. layer.Parameters.Select(named => named.Parameter)];
        Options = new OptimizerOptions { LearningRate = learningRate, InitialLearningRate = learningRate };
        WeightDecay = weightDecay;
    }

    /// <summary>The layer whose parameters these are.</summary>
    public SamLayer Layer { get; }

    /// <summary>The weight decay of this layer's parameters; finite and at least 0; the update rule's by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(0, double.MaxValue)]
    public double WeightDecay
    {
        get => _weightDecay;
        set => _weightDecay = Require.NonNegative(value, nameof(WeightDecay));
    }
}
