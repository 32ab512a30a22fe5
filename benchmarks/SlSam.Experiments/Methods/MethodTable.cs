using MiniLM.Encoder;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SlSam.Experiments.Methods;

/// <summary>The methods that are compared, in the order of the results.</summary>
internal static class MethodTable
{
    private const string Classifier = "classifier";
    private const double Rho = 0.05;

    // The classifier starts from nothing: in the middle of each grid its learning rate is 3e-3, and 6e-3 where layers are drawn.
    private const double FullFactor = 30, LoraFactor = 1.5, MaskFactor = 3;

    /// <summary>As many entries as the adapters have: 6 blocks, two matrices of 384 x 384 in each, rank 8.</summary>
    private const long MaskedEntries = 6 * 2 * 8 * (384 + 384);

    private static readonly double[] DenseRates = [5e-5, 1e-4, 2e-4];

    /// <summary>A layer that is active in a third of the steps moves as far as others do at a higher rate.</summary>
    private static readonly double[] SparseRates = [1e-4, 2e-4, 4e-4];

    private static readonly double[] MaskRates = [5e-4, 1e-3, 2e-3];

    private static readonly double[] LoraRates = [1e-3, 2e-3, 4e-3];

    /// <summary>AdamW alone: what the others are compared with.</summary>
    public static Method AdamW { get; } = Full("adamw", "AdamW", new PlainOptions(), DenseRates, cost: 1);

    /// <summary>Adapters trained by AdamW alone: what the others with adapters are compared with as well.</summary>
    public static Method Lora { get; } = Adapted("lora", "LoRA", new PlainOptions(), cost: 0.7);

    /// <summary>All methods.</summary>
    public static IReadOnlyList<Method> All { get; } =
    [
        AdamW,
        Full("sam", "SAM", new SamOptions { Rho = Rho }, DenseRates, cost: 2),
        Full("rst", "RST, p = 0.5", new RandomStepOptions { Rho = Rho, Probability = 0.5 }, DenseRates, cost: 1.5),
        Full("layerwise-sam", "Layer-wise SAM", new LayerWiseSamOptions { Ratio = 0.25, Interval = 20 }, DenseRates, cost: 1.6),
        Full("slsam-independent", "SL-SAM, independent", SlSam(LayerSampling.Independent), SparseRates, cost: 1.3),
        Full("slsam-windowed", "SL-SAM, windowed", SlSam(LayerSampling.Windowed), SparseRates, cost: 1.1),
        Full(
            "slsam-half-batch", "SL-SAM, windowed, ascent on half the batch", SlSam(LayerSampling.Windowed) with { AscentFraction = 0.5 },
            SparseRates, cost: 0.9),
        Lora,
        Adapted("lora-sam", "LoRA-SAM", new SamOptions { Rho = Rho }, cost: 1.4),
        Adapted("lora-nbar", "LoRA-nBAR", new PlainOptions(), cost: 0.7, BarRule.Nbar),
        Adapted("lora-obar", "LoRA-oBAR", new PlainOptions(), cost: 0.7, BarRule.Obar),
        Masked("speft-global", "SPEFT, gradient, static, global", SparseScope.Global),
        Masked("speft-local", "SPEFT, gradient, static, local", SparseScope.Local),
    ];

    private static SlSamOptions SlSam(LayerSampling sampling) => new() { Rho = Rho, Sparsity = 0.3, Sampling = sampling };

    /// <summary>A method that trains every weight of the model, if not in every step.</summary>
    private static Method Full(string name, string title, SharpnessOptions options, double[] grid, double cost) => new()
    {
        Name = name,
        Title = title,
        Grid = grid,
        ClassifierFactor = FullFactor,
        Cost = cost,
        Settings = options.ToJson(),
        Summary = SettingsSummary.Of(options),
        Create = request =>
        {
            var model = request.Data.Checkpoint.CreateModel(request.Seed, request.Device);
            return Train(model, new TextClassifierSlSam(model, options with { Seed = request.Seed }, Rule(request)), FullFactor);
        },
    };

    /// <summary>A method that trains adapters of the attention's queries and values, as in the LoRA paper, and the classifier.</summary>
    private static Method Adapted(string name, string title, SharpnessOptions options, double cost, BarRule? bar = null)
    {
        var adapters = new LoraOptions { Rank = 8, Alpha = 16 };
        var balance = bar is { } rule ? new BarOptions { Rule = rule, Alpha = 1, Decay = AlphaDecay.Linear } : null;
        return new Method
        {
            Name = name,
            Title = title,
            Grid = LoraRates,
            ClassifierFactor = LoraFactor,
            Cost = cost,
            Settings = $"{adapters} {(options with { Balancedness = balance }).ToJson()}",
            Summary = FormattableString.Invariant($"rank {adapters.Rank}, alpha {adapters.Alpha}, ") + SettingsSummary.Of(options with { Balancedness = balance }),
            IsLora = true,
            Create = request =>
            {
                var model = request.Data.Checkpoint.CreateModel(request.Seed, request.Device);
                var adapted = new LoraModel(model, adapters, LoraTargets.Named("query", "value"), LoraTargets.Named(Classifier));
                var complete = options with
                {
                    Seed = request.Seed,
                    Balancedness = balance is null ? null : balance with { TotalSteps = request.Settings.Steps },
                };
                return Train(model, new TextClassifierSlSam(model, complete, Rule(request)), LoraFactor, adapted);
            },
        };
    }

    /// <summary>A method that trains as many entries of the blocks' matrices as LoRA's adapters have, and the classifier.</summary>
    private static Method Masked(string name, string title, SparseScope scope)
    {
        var options = new PlainOptions
        {
            Sparse = new SparseOptions { Metric = SalienceMetric.Gradient, Scope = scope, Count = MaskedEntries, Examples = 128 },
        };
        return new Method
        {
            Name = name,
            Title = title,
            Grid = MaskRates,
            ClassifierFactor = MaskFactor,
            Cost = 0.9,
            Settings = options.ToJson(),
            Summary = SettingsSummary.Of(options),
            Create = request =>
            {
                var model = request.Data.Checkpoint.CreateModel(configuration => new MaskedTextClassifier(configuration), request.Seed, request.Device);
                var optimizer = new MaskedTextClassifierSlSam(model, options with { Seed = request.Seed }, Rule(request));
                RaiseClassifierRate(optimizer, MaskFactor);
                optimizer.Score(request.ScoreBatches(model));
                return new Trainee(
                    optimizer,
                    batch => optimizer.Step(batch.TokenIds, batch.Mask, batch.Labels, (logits, labels) => functional.cross_entropy(logits, labels)),
                    batch => model.call(batch.TokenIds, batch.Mask),
                    Count(model),
                    model);
            },
        };
    }

    /// <summary>Trains a model by the optimizer that the compiler wrote for it.</summary>
    private static Trainee Train(
        TextClassifier model, TextClassifierSlSam optimizer, double classifierFactor, params IDisposable[] attached)
    {
        RaiseClassifierRate(optimizer, classifierFactor);
        return new Trainee(
            optimizer,
            batch => optimizer.Step(batch.TokenIds, batch.Mask, batch.Labels, (logits, labels) => functional.cross_entropy(logits, labels)),
            batch => model.call(batch.TokenIds, batch.Mask),
            Count(model),
            [.. attached, model]);
    }

    private static UpdateRule Rule(TraineeRequest request) =>
        UpdateRule.AdamW(request.Rate, weightDecay: request.Settings.WeightDecay) with { DecayedTensors = DecayedTensors.All };

    private static void RaiseClassifierRate(SharpnessAwareOptimizer optimizer, double factor)
    {
        var classifier = optimizer.Group(Classifier);
        classifier.LearningRate = classifier.InitialLearningRate = factor * classifier.LearningRate;
    }

    private static long Count(Module model) => model.parameters().Sum(parameter => parameter.numel());
}
