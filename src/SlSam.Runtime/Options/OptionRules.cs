using System.Globalization;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// What options may not say together, or of a model that has not what they are about. Each option is checked where it is set; these rules are checked when an
/// optimizer is built, before anything is changed.
/// </summary>
internal static class OptionRules
{
    /// <summary>Each rule's message, null where the rule is kept.</summary>
    private static readonly Func<OptimizerPlan, string?>[] s_rules =
    [
        plan => plan.SinglePass is { } reason && plan.Options.Adaptive is not null
            ? $"Adaptive says how far weights are perturbed, but {reason} perturbs none; leave it null." : null,
        plan => plan.SinglePass is { } reason && plan.Options.ElementMask is not null
            ? $"ElementMask says which entries are perturbed, but {reason} perturbs none; leave it null." : null,
        plan => plan.Options.Sparse is { GraspSign: not GraspSign.Paper, Metric: not SalienceMetric.Grasp } sparse
            ? $"GraspSign is {sparse.GraspSign}, but Metric is {sparse.Metric}; only {SalienceMetric.Grasp} has it." : null,
        plan => plan.Options.Sparse is { HessianProduct: not HessianProduct.DoubleBackward, Metric: not SalienceMetric.Grasp } sparse
            ? $"HessianProduct is {sparse.HessianProduct}, but Metric is {sparse.Metric}; only {SalienceMetric.Grasp} has it." : null,
        plan => plan.Bar is { Decay: not AlphaDecay.Constant, TotalSteps: 0 } bar
            ? $"Balancedness has Decay = {bar.Decay}, but TotalSteps = 0; it must say after how many steps alpha is 0." : null,
        plan => plan.Bar is not null && plan.Pairs.Count == 0
            ? "Balancedness is asked for, but the model has no low-rank pair of which both factors are trained." : null,
        plan => plan.Bar is { Rule: not BarRule.Gbar and var rule } && plan.Pairs.FirstOrDefault(pair => pair.Factors.Length > 2) is { } chain
            ? $"{rule} balances pairs, but '{chain.Pair}' has {chain.Factors.Length} factors; {BarRule.Gbar} balances more than two." : null,
        plan => plan.Bar is not null && plan.MaskedFactor is var (masked, layer)
            ? $"Balancedness scales whole factors, but layer '{layer}' trains its factor of the low-rank pair '{masked}' through a mask; take [SparseDelta] off it." : null,
        plan => plan.Rule.LoraPlusRatio != 1 && !plan.TrainsAnyB
            ? $"LoraPlusRatio is {plan.Rule.LoraPlusRatio.ToString(CultureInfo.InvariantCulture)}, but the model has no low-rank pair whose factor B is trained: declare one by "
            + "[LoraPair], attach adapters by a LoraModel, or leave it 1." : null,
        plan => plan.Rule is AdamRule { Fused: true } && plan.Trained[0].Parameter.device is var device && !FusedAdam.RunsOn(device)
            ? $"fused is true, but this libtorch has no fused Adam for {device}; it has from 2.0 for a GPU and from 2.4 for the CPU. Leave fused null." : null,
        plan => plan.Options.MixedPrecision?.Scaling is not null && plan.Trained.FirstOrDefault(each => each.Type == ScalarType.Float16) is { } narrow
            ? $"The loss is scaled, but the float16 gradients of layer '{narrow.Group.Layer.Name}' would vanish again where the scale is taken out of them; leave the rule's MasterWeights on." : null,
        plan => plan.Devices.Count > 1
            ? $"The trained layers lie on {plan.Devices.Count} devices ({string.Join("; ", plan.Devices)}); move the model to one before the optimizer is built." : null,
    ];

    /// <summary>Refuses what breaks a rule.</summary>
    /// <exception cref="ArgumentException">A rule is broken; the message says which options, and what to do.</exception>
    public static void Check(OptimizerPlan plan)
    {
        foreach (var rule in s_rules)
        {
            if (rule(plan) is { } message)
            {
                throw new ArgumentException(message, "options");
            }
        }
    }
}
