using System.Buffers.Binary;
using System.IO.Compression;
using MiniLM.Training;
using static TorchSharp.torch;

namespace ImageClassification;

/// <summary>Pictures of clothes with their classes: images float32 [count, 1, 28, 28], normalized, and labels int64 [count].</summary>
internal sealed record FashionMnist(Tensor Images, Tensor Labels)
{
    /// <summary>Where Debian's package dataset-fashion-mnist puts the files.</summary>
    public const string DefaultFolder = "/usr/share/datasets/fashion-mnist";

    public const int Classes = 10;

    public long Count => Labels.shape[0];

    /// <summary>Reads one of the two parts.</summary>
    /// <param name="folder">The folder with the four files.</param>
    /// <param name="part">train, 60,000 images, or t10k, 10,000.</param>
    public static FashionMnist Load(string folder, string part)
    {
        using var scope = NewDisposeScope();
        var (pixels, shape) = Read(Path.Combine(folder, $"{part}-images-idx3-ubyte.gz"));
        var (labels, _) = Read(Path.Combine(folder, $"{part}-labels-idx1-ubyte.gz"));
        var images = tensor(pixels, [shape[0], 1, shape[1], shape[2]]).to(ScalarType.Float32).div_(255).sub_(0.286).div_(0.353);
        return new(images.MoveToOuterDisposeScope(), tensor(labels, [shape[0]]).to(ScalarType.Int64).MoveToOuterDisposeScope());
    }

    /// <summary>These images, to measure a model with; 500 of them on the way.</summary>
    public HeldOut HeldOutFor(nn.Module<Tensor, Tensor> model) => new(
        model, (int)Count, batchSize: 500, (first, count) => Measure.Of(model.call(Images.narrow(0, first, count)), Labels.narrow(0, first, count)))
    {
        Some = Math.Min(500, (int)Count),
    };

    /// <summary>Reads a file of bytes in MNIST's format: 0, 0, the type, the number of dimensions, the dimensions, the numbers.</summary>
    private static (byte[] Bytes, long[] Shape) Read(string path)
    {
        using var unpacked = new MemoryStream();
        using (var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress))
        {
            stream.CopyTo(unpacked);
        }

        var bytes = unpacked.ToArray();
        if (bytes.Length < 8 || bytes[2] != 8 || bytes.Length < 4 + (4 * bytes[3]))
        {
            throw new InvalidDataException($"'{path}' is no file of bytes in MNIST's format.");
        }

        var shape = Enumerable.Range(0, bytes[3]).Select(i => (long)BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4 + (4 * i)))).ToArray();
        var numbers = bytes[(4 + (4 * shape.Length))..];
        return numbers.Length == shape.Aggregate(1L, (product, size) => product * size)
            ? (numbers, shape)
            : throw new InvalidDataException($"'{path}' says that it holds {string.Join(" x ", shape)} numbers, but has {numbers.Length}.");
    }
}
