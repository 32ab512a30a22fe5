using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Compiler.Tests.Generator;

/// <summary>The low-rank pairs that a model lists.</summary>
public sealed class LoraPairTests
{
    [Fact]
    public void Pairs_are_listed_in_order_with_the_parameters_of_their_members()
    {
        using var model = (nn.Module)LoadedModels.Load(Construct.Sources("LoraPairs")).Create("Adapters.Model", 2, 2);
        var pairs = ((ISamModel)model).CreateLoraPairs();

        Assert.Equal(
            ["down", "query.a", "downs[0]", "downs[1]", "as[0]", "value", "pairs[0]", "pairs[1]", "blocks[0].query", "blocks[0].key",
                "blocks[1].query", "blocks[1].key", "block.query", "block.key"],
            pairs.Select(pair => pair.Name));
        AssertPair("down", "down.weight", "up.weight");
        AssertPair("query.a", "<QueryA>k__BackingField", "<QueryB>k__BackingField");
        AssertPair("downs[1]", "downs.1.weight", "ups.1.weight");
        AssertPair("as[0]", "as.0", "bs.0");
        AssertPair("pairs[1]", "pairs.1.a", "pairs.1.b");
        AssertPair("blocks[1].key", "blocks.1.key.a", "blocks.1.key.b");

        void AssertPair(string name, string a, string b)
        {
            var pair = pairs.Single(pair => pair.Name == name);
            Assert.Same(model.get_parameter(a), pair.A);
            Assert.Same(model.get_parameter(b), pair.B);
        }
    }

    [Fact]
    public void Lists_of_factors_of_different_lengths_are_refused()
    {
        using var model = (nn.Module)LoadedModels.Load(Construct.Sources("LoraPairs")).Create("Adapters.Model", 3, 2);

        var refusal = Assert.Throws<InvalidOperationException>(() => ((ISamModel)model).CreateLoraPairs());

        Assert.Equal("downs has 3 elements and its partner ups has 2; each low-rank pair needs one of both.", refusal.Message);
    }

    [Theory]
    [InlineData("Plain", "")]
    [InlineData("Adapted", "down")]
    [InlineData("Extended", "down inner")]
    [InlineData("Sealed", "a")]
    public void Pairs_of_base_models_come_first(string model, string expected)
    {
        var created = (ISamModel)LoadedModels.Load(Construct.Sources("LoraInheritance")).Create("Adapters." + model);

        Assert.Equal(expected, string.Join(" ", created.CreateLoraPairs().Select(pair => pair.Name)));
        Assert.Equal("linear", created.CreateLayers()[0].Name);
    }
}
