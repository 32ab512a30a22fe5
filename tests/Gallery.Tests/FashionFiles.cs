using System.Buffers.Binary;
using System.IO.Compression;

namespace Gallery.Tests;

/// <summary>Small files in the format of Fashion-MNIST, in which a picture's class is the row of its bright line.</summary>
internal static class FashionFiles
{
    public static void Write(string folder, int images)
    {
        foreach (var part in new[] { "train", "t10k" })
        {
            var pixels = new byte[images * 28 * 28];
            var labels = new byte[images];
            for (var image = 0; image < images; image++)
            {
                labels[image] = (byte)(image % 10);
                pixels.AsSpan((image * 28 * 28) + (28 * (2 * labels[image] + 4)), 28).Fill(255);
            }

            Write(Path.Combine(folder, $"{part}-images-idx3-ubyte.gz"), pixels, images, 28, 28);
            Write(Path.Combine(folder, $"{part}-labels-idx1-ubyte.gz"), labels, images);
        }
    }

    private static void Write(string path, byte[] numbers, params int[] shape)
    {
        using var stream = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        stream.Write([0, 0, 8, (byte)shape.Length]);
        foreach (var size in shape)
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(bytes, size);
            stream.Write(bytes);
        }

        stream.Write(numbers);
    }
}
