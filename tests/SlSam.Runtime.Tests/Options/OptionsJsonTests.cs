using System.Text.Json;

namespace SlSam.Runtime.Tests.Options;

public sealed class OptionsJsonTests
{
    private static readonly SharpnessOptions[] Changed =
    [
        new SlSamOptions { Rho = 0.01, Sparsity = 0.2, BanditLearningRate = 0.5, Sampling = LayerSampling.FixedCount, Seed = 7 },
        new SamOptions
        {
            Adaptive = new AdaptiveOptions { Eta = 0.5, IncludeBiases = true },
            ElementMask = new ElementMaskOptions { Density = 0.1, Interval = 3 },
            Norm = PerturbationNorm.All,
            Perturbable = PerturbableTensors.Matrices,
            PerturbedWeight = 0.3,
            Unperturbed = UnperturbedGradient.Mixed,
            AscentInterval = 4,
            AscentFraction = 0.25,
            SinglePass = true,
            Granularity = ArmGranularity.Parameter,
            MixedPrecision = new MixedPrecisionOptions { Type = AutocastType.Float16, LossScaling = new() { InitialScale = 8, GrowthInterval = 3 } },
            Balancedness = new BarOptions { Rule = BarRule.Obar, Alpha = 0.7, Decay = AlphaDecay.Cosine, TotalSteps = 100 },
            Sparse = new SparseOptions { Metric = SalienceMetric.Snip, Density = 0.01, Count = 12 },
        },
        new LayerWiseSamOptions { Ratio = 0.3, Count = 4, Interval = 9, Explore = false },
        new RandomStepOptions { Probability = 0.1 },
        new UniformOptions { Sparsity = 0.1, Sampling = LayerSampling.Independent },
        new PlainOptions(),
    ];

    public static TheoryData<int> Indices => new(Enumerable.Range(0, Changed.Length));

    [Theory]
    [MemberData(nameof(Indices))]
    public void Options_come_back_as_they_were_written(int index)
    {
        var back = SharpnessOptions.FromJson(Changed[index].ToJson());
        Assert.Equal(Changed[index], back);
        Assert.IsType(Changed[index].GetType(), back);
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        Assert.Equal(new SlSamOptions { Sparsity = 0.2 }, SharpnessOptions.FromJson("""{ "sparsity": 0.2, "method": "slSam" }"""));
        Assert.Equal(new LayerWiseSamOptions(), SharpnessOptions.FromJson("""{ "method": "layerWiseSam" }"""));
        Assert.Equal(
            new SamOptions { Adaptive = new() { IncludeBiases = true } },
            SharpnessOptions.FromJson("""{ "method": "sam", "adaptive": { "includeBiases": true } }"""));
        Assert.Equal(
            new SamOptions { MixedPrecision = new() { LossScaling = new() { GrowthInterval = 7 } } },
            SharpnessOptions.FromJson("""{ "method": "sam", "mixedPrecision": { "lossScaling": { "growthInterval": 7 } } }"""));
        Assert.Equal(
            new SamOptions { Balancedness = new BarOptions { Alpha = 1 }, Sparse = new() { Density = 0.5 } },
            SharpnessOptions.FromJson("""{ "method": "sam", "balancedness": { "alpha": 1 }, "sparse": { "density": 0.5 } }"""));
    }

    [Fact]
    public void Null_takes_away_what_may_be_missing() => Assert.Equal(
        new LayerWiseSamOptions(),
        SharpnessOptions.FromJson("""{ "method": "layerWiseSam", "adaptive": null, "count": null, "balancedness": null, "sparse": { "rescoreEvery": null } }"""));

    [Theory]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{}", "'method' is missing")]
    [InlineData("{", "")]
    [InlineData("""{ "method": "sam", "roh": 0.5 }""", "no property 'roh'; valid are method, rho")]
    [InlineData("""{ "method": "sam", "adaptive": { "etta": 0.5 } }""", "no property 'adaptive.etta'; valid are eta")]
    [InlineData("""{ "method": "sam", "rho": 0.5, "rho": 0.1 }""", "'rho' is given twice")]
    [InlineData("""{ "method": "sam", "sparse": { "count": 1, "count": 2 } }""", "'sparse.count' is given twice")]
    [InlineData("""{ "method": "sam", "rho": null }""", "'rho' is null")]
    [InlineData("""{ "method": "sam", "sparse": null }""", "'sparse' is null")]
    [InlineData("""{ "method": "sam", "sparse": { "density": null } }""", "'sparse.density' is null")]
    [InlineData("""{ "method": "samm" }""", "valid are slSam, sam")]
    [InlineData("""{ "method": "sam", "sparsity": 0.5 }""", "sparsity")]
    [InlineData("""{ "method": "slSam", "sampling": "Sometimes" }""", "sampling")]
    [InlineData("""{ "method": 3 }""", "'method' is '3'")]
    public void What_is_no_options_is_refused_with_the_reason(string json, string reason) =>
        Assert.Contains(reason, Assert.ThrowsAny<JsonException>(() => SharpnessOptions.FromJson(json)).Message);

    [Fact]
    public void A_value_out_of_range_is_refused_by_name_and_value()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => SharpnessOptions.FromJson("""{ "method": "sam", "ascentFraction": 0 }"""));
        Assert.Contains("AscentFraction is 0", error.Message);
    }

    [Fact]
    public void Presets_have_names_of_their_own_and_print_as_the_options_they_hold()
    {
        Assert.Equal(Presets.All.Count, Presets.All.Select(preset => preset.Name).Distinct().Count());
        foreach (var preset in Presets.All)
        {
            using var json = JsonDocument.Parse(preset.ToJson());
            Assert.Equal(preset.Options, SharpnessOptions.FromJson(json.RootElement.GetProperty("options").GetRawText()));
            Assert.Equal(preset.LearningRate, preset.CreateRule().LearningRate);
        }
    }

    [Fact]
    public void Every_option_out_of_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamOptions { PerturbedWeight = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamOptions { AscentInterval = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamOptions { AscentFraction = 1.5 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LayerWiseSamOptions { Count = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LayerWiseSamOptions { Ratio = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LayerWiseSamOptions { Interval = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ElementMaskOptions { Density = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ElementMaskOptions { Interval = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveOptions { Eta = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new UniformOptions { Sparsity = 2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new UniformOptions { Sampling = (LayerSampling)3 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SlSamOptions { Sampling = (LayerSampling)3 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamOptions { Norm = (PerturbationNorm)2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamOptions { Perturbable = (PerturbableTensors)2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamOptions { Unperturbed = (UnperturbedGradient)2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamOptions { Granularity = (ArmGranularity)2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => SharpnessOptions.FromJson("""{ "method": "sam", "norm": 7 }"""));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomStepSelector(1.5, new SeededUniformSource(0)));
    }
}
