using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Layers;

/// <summary>The layers and pairs of a nested model, as the model that holds it knows them.</summary>
public sealed class ExpandTests
{
    [Theory]
    [InlineData(-1, false, "-1 -1 -1")]
    [InlineData(3, false, "3 3 5")]
    [InlineData(3, true, "3 3 3")]
    public void Stages_count_from_where_the_nested_model_begins(int stage, bool oneStage, string expected)
    {
        using var model = new Nested();

        var layers = SamLayer.Expand("encoder", stage, model, oneStage).ToList();

        Assert.Equal(["encoder.plain", "encoder.frozen", "encoder.active"], layers.Select(layer => layer.Name));
        Assert.Equal(expected, string.Join(" ", layers.Select(layer => layer.Stage)));
        Assert.All(layers, layer => Assert.Same(model.Weight, layer.Parameters.Single().Parameter));
    }

    [Fact]
    public void What_is_said_of_the_nested_model_holds_for_all_its_layers_and_frozen_ones_stay_frozen()
    {
        using var model = new Nested();

        Assert.Equal("D FD AD", Options(SamLayer.Expand("m", 0, model)));
        Assert.Equal("AD FD AD", Options(SamLayer.Expand("m", 0, model, alwaysActive: true)));
        Assert.Equal("FD FD FD", Options(SamLayer.Expand("m", 0, model, frozen: true, alwaysActive: true)));
        Assert.Equal("SD FD ASD", Options(SamLayer.Expand("m", 0, model, sparseDelta: true)));

        static string Options(IEnumerable<SamLayer> layers) => string.Join(" ", layers.Select(layer =>
            (layer.AlwaysActive ? "A" : "") + (layer.Frozen ? "F" : "") + (layer.SparseDelta ? "S" : "") + (layer.DrawsRandomNumbers ? "D" : "")));
    }

    [Fact]
    public void Pairs_keep_their_factors_and_get_the_name_of_the_nested_model()
    {
        using var model = new Nested();

        var pair = Assert.Single(LoraPair.Expand("encoder", model));

        Assert.Equal("encoder.pair", pair.Name);
        Assert.Same(model.Weight, pair.A);
        Assert.Same(model.Other, pair.B);
    }

    [Fact]
    public void Wrong_arguments_are_refused_at_once()
    {
        using var model = new Nested();

        Assert.Equal("name", Assert.Throws<ArgumentException>(() => SamLayer.Expand(" ", 0, model)).ParamName);
        Assert.Equal("stage", Assert.Throws<ArgumentOutOfRangeException>(() => SamLayer.Expand("m", -2, model)).ParamName);
        Assert.Equal("model", Assert.Throws<ArgumentNullException>(() => SamLayer.Expand("m", 0, null!)).ParamName);
        Assert.Equal("model", Assert.Throws<ArgumentNullException>(() => LoraPair.Expand("m", null!)).ParamName);
    }

    private sealed class Nested : ISamModel, IDisposable
    {
        public Parameter Weight { get; } = nn.Parameter(ones(2));

        public Parameter Other { get; } = nn.Parameter(ones(2));

        public IReadOnlyList<SamLayer> CreateLayers() =>
        [
            new("plain", SamLayerKind.Parameter, -1, Weight) { DrawsRandomNumbers = true },
            new("frozen", SamLayerKind.Parameter, 0, Weight) { Frozen = true, DrawsRandomNumbers = true },
            new("active", SamLayerKind.Parameter, 2, Weight) { AlwaysActive = true, DrawsRandomNumbers = true },
        ];

        public IReadOnlyList<LoraPair> CreateLoraPairs() => [new("pair", Weight, Other)];

        public void Dispose()
        {
            Weight.Dispose();
            Other.Dispose();
        }
    }
}
