using System.ComponentModel.DataAnnotations;
using TorchSharp.Modules;

namespace SlSam;

/// <summary>
/// The parameter group of one layer. Learning-rate schedulers drive <see cref="ParamGroup.LearningRate"/>; give a layer a rate of its own by setting
/// it, and <see cref="ParamGroup.InitialLearningRate"/>, before a scheduler is built.
/// </summary>
public sealed class LayerGroup : ParamGroup
{
    internal LayerGroup(SamLayer layer, UpdateRule rule)
    {
        Rule = rule;
        Layer = layer;
        Parameters = [.. layer.Parameters.Select(named => named.Parameter)];
        Options = new OptimizerOptions { LearningRate = rule.LearningRate, InitialLearningRate = rule.LearningRate };
    }

    /// <summary>The layer whose parameters these are.</summary>
    public SamLayer Layer { get; }

    /// <summary>
    /// The weight decay of this layer; finite and at least 0. By default it is the update rule's, for the tensors that <see cref="UpdateRule.DecayedTensors"/>
    /// names; once it is set it holds for every tensor of the layer.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(0, double.MaxValue)]
    public double WeightDecay
    {
        get => OwnWeightDecay ?? Rule.WeightDecay;
        set => OwnWeightDecay = Require.NonNegative(value, nameof(WeightDecay));
    }

    /// <summary>The update rule.</summary>
    internal UpdateRule Rule { get; }

    /// <summary>What <see cref="WeightDecay"/> was set to; null where the update rule decides.</summary>
    internal double? OwnWeightDecay { get; set; }

    /// <summary>The weight decay of a tensor of this layer.</summary>
    /// <param name="dimensions">How many dimensions the tensor has.</param>
    internal double WeightDecayOf(long dimensions) =>
        OwnWeightDecay ?? (Rule.DecayedTensors == DecayedTensors.All || dimensions > 1 ? Rule.WeightDecay : 0);

    /// <summary>Describes what schedulers and users set.</summary>
    internal void DescribeState(StateDescription state)
    {
        state.Number("learning rate", () => LearningRate, rate => LearningRate = rate);
        state.Number("initial learning rate", () => InitialLearningRate, rate => InitialLearningRate = rate);

        // NaN stands for none: the update rule decides then.
        state.Number("weight decay", () => OwnWeightDecay ?? double.NaN, decay => OwnWeightDecay = decay >= 0 ? decay : null);
    }
}
