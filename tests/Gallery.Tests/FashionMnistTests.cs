using ImageClassification;
using MiniLM.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace Gallery.Tests;

public sealed class FashionMnistTests
{
    [Fact]
    public void Images_and_labels_are_read_and_damage_is_refused()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        FashionFiles.Write(folder.Path, images: 20);

        var data = FashionMnist.Load(folder.Path, "train");

        Assert.Equal([20, 1, 28, 28], data.Images.shape);
        Assert.Equal(Enumerable.Range(0, 20).Select(image => image % 10L), data.Labels.data<long>().ToArray());
        Assert.Equal(Enumerable.Range(0, 20).Select(image => (long)(2 * (image % 10) + 4)), data.Images.sum([1, 3]).argmax(1).data<long>().ToArray());

        var path = Path.Combine(folder.Path, "train-labels-idx1-ubyte.gz");
        File.Copy(Path.Combine(folder.Path, "train-images-idx3-ubyte.gz"), path, overwrite: true);
        File.WriteAllBytes(Path.Combine(folder.Path, "t10k-labels-idx1-ubyte.gz"), [1, 2, 3]);
        Assert.ThrowsAny<Exception>(() => FashionMnist.Load(folder.Path, "t10k"));
    }

    [Fact]
    public void The_costs_of_the_layers_are_the_multiply_adds_of_an_image()
    {
        using var scope = NewDisposeScope();
        using var model = new ResidualNetwork(10);
        foreach (var layer in ((SlSam.ISamModel)model).CreateLayers())
        {
            var expected = layer.Name switch
            {
                "stem" => 9 * 16 * 784,
                "blocks[0]" => 2 * 9 * 16 * 16 * 784,
                "blocks[1]" => (9 * 16 * 32 + 9 * 32 * 32 + 16 * 32) * 196,
                "blocks[2]" => 2 * 9 * 32 * 32 * 196,
                "blocks[3]" => (9 * 32 * 64 + 9 * 64 * 64 + 32 * 64) * 49,
                "blocks[4]" => 2 * 9 * 64 * 64 * 49,
                _ => 640,
            };
            Assert.InRange(layer.Cost, 0.8 * expected / 1e6, 1.6 * expected / 1e6);
        }
    }
}
