using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Distributed.Tests.Worker;

/// <summary>The training runs that several processes make.</summary>
public static class Trials
{
    /// <summary>SGD with momentum in one pass.</summary>
    public const string PlainName = "Plain SGD";

    /// <summary>SAM in which each process perturbs along its own gradient.</summary>
    public const string OwnAscentName = "m-SAM";

    /// <summary>A part of the model is used by some ranks, or by none.</summary>
    public const string BranchName = "A part of the model that a rank leaves unused";

    private static readonly DataParallelOptions s_joint = new() { SynchronizeFirstPass = true };
    private static readonly UpdateRule s_adamW = UpdateRule.AdamW(0.01);

    /// <summary>Those that one process on the joint batch must come to as well: both passes are synchronized, or there is one.</summary>
    public static IReadOnlyDictionary<string, Trial> OnTheJointBatch { get; } = Compositions.All
        .Select(pair => (Name: pair.Key, Trial: (Trial)new StagedTrial(pair.Value, s_adamW) { Parallel = s_joint }))
        .Append(("Parts of different sizes", new StagedTrial(new SamOptions { Rho = 0.1 }, s_adamW) { Parallel = s_joint, Unequal = true }))
        .Append(("Parts of different sizes in one pass", new StagedTrial(new PlainOptions(), UpdateRule.Sgd(0.1, momentum: 0.9)) { Unequal = true }))
        .Append((PlainName, new StagedTrial(new PlainOptions(), UpdateRule.Sgd(0.1, momentum: 0.9))))
        .Append(("Micro-batches", new StagedTrial(new SamOptions { Rho = 0.1 }, s_adamW) { Parallel = s_joint, MicroBatches = true }))
        .Append(("Small buckets", new StagedTrial(new SamOptions { Rho = 0.1 }, s_adamW) { Parallel = s_joint with { BucketBytes = 64 } }))
        .Append(("nBAR", new LoraTrial(new SamOptions { Rho = 0.1, Balancedness = new BarOptions() }) { Parallel = s_joint }))
        .Append(("oBAR in one pass", new LoraTrial(new PlainOptions { Balancedness = new BarOptions { Rule = BarRule.Obar } })))
        .Append(("Masks", new SparseTrial(new SamOptions { Rho = 0.1, Sparse = new() { Density = 0.2 } }) { Parallel = s_joint }))
        .Append(("Masks, mixed gradients", new SparseTrial(new SamOptions { Rho = 0.1, PerturbedWeight = 0.6, Sparse = new() { Density = 0.2 } }) { Parallel = s_joint }))
        .ToDictionary(pair => pair.Item1, pair => pair.Item2);

    /// <summary>Those in which each process perturbs along its own gradient, by SGD.</summary>
    public static IReadOnlyDictionary<string, StagedTrial> OfOwnAscent { get; } = new Dictionary<string, StagedTrial>
    {
        [OwnAscentName] = new(new SamOptions { Rho = 0.3 }, UpdateRule.Sgd(0.1)),
        ["m-SL-SAM, windowed"] = new(new SlSamOptions { Sparsity = 0.4, Rho = 0.3, Seed = 3, BanditLearningRate = 0.1 }, UpdateRule.Sgd(0.1)),
        ["m-SL-SAM, independent"] = new(
            new SlSamOptions { Sparsity = 0.4, Rho = 0.3, Seed = 4, BanditLearningRate = 0.1, Sampling = LayerSampling.Independent }, UpdateRule.Sgd(0.1)),
        ["m-SL-SAM, parts of different sizes"] = new(
            new SlSamOptions { Sparsity = 0.4, Rho = 0.3, Seed = 5, BanditLearningRate = 0.1 }, UpdateRule.Sgd(0.1))
        { Unequal = true },
    };

    /// <summary>Those of which it is only asked that all processes come to the same bits.</summary>
    public static IReadOnlyDictionary<string, Trial> Others { get; } = new Dictionary<string, Trial>
    {
        ["float32"] = new StagedTrial(new SlSamOptions { Sparsity = 0.4, Rho = 0.3, Seed = 6, Sampling = LayerSampling.Independent }, s_adamW) { Type = ScalarType.Float32 },
        ["bfloat16"] = new StagedTrial(new SamOptions { Rho = 0.3 }, s_adamW) { Type = ScalarType.BFloat16 },
        ["Autocast, with scaled losses"] = new StagedTrial(
            new SamOptions { Rho = 0.3, PerturbedWeight = 0.7, MixedPrecision = new() { LossScaling = new() } }, s_adamW)
        { Type = ScalarType.Float32 },
        ["Running statistics"] = new StagedTrial(new SlSamOptions { Sparsity = 0.4, Rho = 0.3 }, s_adamW) { Type = ScalarType.Float32, Normalize = true },
        [BranchName] = new BranchTrial(),
        ["Own ascent through adapters"] = new LoraTrial(new SamOptions { Rho = 0.1, Balancedness = new BarOptions() }),
        ["Own ascent through masks"] = new SparseTrial(new SamOptions { Rho = 0.1, Sparse = new() { Density = 0.2 } }),
        ["Own ascent, mixed gradients"] = new StagedTrial(new SamOptions { Rho = 0.3, PerturbedWeight = 0.7 }, s_adamW),
        ["Own ascent, layer-wise SAM"] = new StagedTrial(new LayerWiseSamOptions { Count = 2, Rho = 0.3, Interval = 2 }, s_adamW),
    };

    public static IEnumerable<KeyValuePair<string, Trial>> All =>
        OnTheJointBatch.Concat(OfOwnAscent.Select(pair => new KeyValuePair<string, Trial>(pair.Key, pair.Value))).Concat(Others);
}
