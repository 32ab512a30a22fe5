using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Checkpoints;

public sealed class SafetensorsFileTests : IDisposable
{
    /// <summary>Three tensors, one of them empty and one a scalar, with metadata and padding behind the JSON.</summary>
    private static readonly byte[] Valid = SafetensorsBytes.Bytes(
        """
        {"__metadata__":{"format":"pt"},"b":{"dtype":"F16","shape":[2,2],"data_offsets":[4,12]},
         "a":{"dtype":"I32","shape":[],"data_offsets":[0,4]},"none":{"dtype":"F32","shape":[0,3],"data_offsets":[4,4]}}  
        """,
        0x07, 0x00, 0x00, 0x80, 0x00, 0x3C, 0x00, 0xC0, 0x00, 0x38, 0x01, 0x00);

    private readonly SafetensorsBytes _files = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    [Fact]
    public void A_header_is_read_as_it_stands()
    {
        using var file = SafetensorsFile.Open(_files.Write(Valid));

        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal(["a: Int32 []", "none: Float32 [0, 3]", "b: Float16 [2, 2]"], file.Entries.Select(entry => entry.ToString()));
        Assert.True(file.Contains("a"));
        Assert.False(file.Contains("c"));
        Assert.Throws<KeyNotFoundException>(() => file["c"]);
        Assert.Throws<KeyNotFoundException>(() => file.Read("c"));
    }

    [Fact]
    public void Values_are_read_and_converted()
    {
        using var file = SafetensorsFile.Open(_files.Write(Valid));

        Assert.Equal(-2147483641, file.Read("a").item<int>());
        Assert.Equal([0L, 3L], file.Read("none").shape);
        var halves = file.Read("b");
        Assert.Equal((ScalarType.Float16, false), (halves.dtype, halves.requires_grad));
        Assert.Equal([2L, 2L], halves.shape);
        // 0x0001 is the smallest half there is, 2^-24.
        Assert.Equal([1f, -2f, 0.5f, MathF.Pow(2, -24)], file.Read("b", ScalarType.Float32).data<float>().ToArray());
        Assert.Equal([1L, -2L, 0L, 0L], file.Read("b", ScalarType.Int64).data<long>().ToArray());
    }

    [Theory]
    [InlineData("F64", ScalarType.Float64, new byte[] { 0, 0, 0, 0, 0, 0, 0xF8, 0xBF }, -1.5)]
    [InlineData("F32", ScalarType.Float32, new byte[] { 0, 0, 0xC0, 0xBF }, -1.5)]
    [InlineData("F16", ScalarType.Float16, new byte[] { 0, 0xBE }, -1.5)]
    [InlineData("BF16", ScalarType.BFloat16, new byte[] { 0xC0, 0xBF }, -1.5)]
    [InlineData("I64", ScalarType.Int64, new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, -2)]
    [InlineData("I32", ScalarType.Int32, new byte[] { 0xFE, 0xFF, 0xFF, 0xFF }, -2)]
    [InlineData("I16", ScalarType.Int16, new byte[] { 0xFE, 0xFF }, -2)]
    [InlineData("I8", ScalarType.Int8, new byte[] { 0xFE }, -2)]
    [InlineData("U8", ScalarType.Byte, new byte[] { 0xFE }, 254)]
    [InlineData("BOOL", ScalarType.Bool, new byte[] { 0x02 }, 1)]
    public void Every_element_type_is_read(string name, ScalarType type, byte[] value, double expected)
    {
        string header = $$$"""{"x":{"dtype":"{{{name}}}","shape":[2],"data_offsets":[0,{{{2 * value.Length}}}]}}""";
        using var file = SafetensorsFile.Open(_files.Write(header, [.. new byte[value.Length], .. value]));

        Assert.Equal(type, file.Read("x").dtype);
        Assert.Equal([0, expected], file.Read("x", ScalarType.Float64).data<double>().ToArray());
    }

    [Theory]
    [InlineData("[]", "header")]
    [InlineData("""{"x":1}""", "header")]
    [InlineData("""{"x":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}""", "header")]
    [InlineData("""{"x":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}} {}""", "header")]
    [InlineData("""{"x":{"dtype":"U8","shape":[4]}}""", "lacks")]
    [InlineData("""{"x":{"dtype":"U8","shape":[4],"data_offsets":[0]}}""", "lacks")]
    [InlineData("""{"x":{"dtype":"U8","shape":[4],"data_offsets":[0,4],"more":1}}""", "'more'")]
    [InlineData("""{"x":{"dtype":"U8","shape":[4],"shape":[4],"data_offsets":[0,4]}}""", "repeated")]
    [InlineData("""{"x":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}""", "F8_E4M3")]
    [InlineData("""{"x":{"dtype":"U8","shape":[-4],"data_offsets":[0,4]}}""", "whole numbers")]
    [InlineData("""{"x":{"dtype":"U8","shape":[4.0],"data_offsets":[0,4]}}""", "whole numbers")]
    [InlineData("""{"x":{"dtype":"U8","shape":[5],"data_offsets":[0,4]}}""", "cannot be the bytes 0 to 4")]
    [InlineData("""{"x":{"dtype":"U8","shape":[4],"data_offsets":[4,0]}}""", "cannot be the bytes 4 to 0")]
    [InlineData("""{"x":{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]}}""", "cannot be")]
    [InlineData("""{"x":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", "cannot be")]
    [InlineData("""{"x":{"dtype":"U8","shape":[0,4294967296,4294967296],"data_offsets":[0,0]}}""", "cannot be")]
    [InlineData("""{"x":{"dtype":"U8","shape":[5],"data_offsets":[0,5]}}""", "truncated")]
    [InlineData("""{"x":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}""", "end at byte 3")]
    [InlineData("""{"x":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}}""", "gap")]
    [InlineData("""{"x":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"y":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", "inside")]
    [InlineData("""{"x":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"x":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", "twice")]
    public void A_header_that_contradicts_itself_or_the_file_is_refused_with_the_reason(string header, string reason)
    {
        string path = _files.Write(header, 1, 2, 3, 4);

        var exception = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(path));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        for (int length = 0; length < Valid.Length; length++)
        {
            string path = _files.Write(Valid[..length]);
            Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(path));
        }
    }

    [Fact]
    public void A_flipped_byte_is_refused_or_harmless()
    {
        var random = new Random(5);
        int refused = 0;
        for (int round = 0; round < 1000; round++)
        {
            byte[] bytes = [.. Valid];
            for (int flips = random.Next(1, 4); flips > 0; flips--)
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            string path = _files.Write(bytes);
            using var scope = NewDisposeScope();
            try
            {
                using var file = SafetensorsFile.Open(path);
                foreach (var entry in file.Entries)
                    file.Read(entry.Name, ScalarType.Float32);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
            File.Delete(path);
        }
        Assert.InRange(refused, 300, 999);
    }

    [Fact]
    public void A_file_shortened_while_it_is_open_is_an_error_and_not_a_crash()
    {
        string path = _files.Write(Valid);
        using var file = SafetensorsFile.Open(path);
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            stream.SetLength(Valid.Length - 1);

        Assert.Contains("shortened", Assert.Throws<InvalidDataException>(() => file.Read("b")).Message, StringComparison.Ordinal);
        Assert.Equal(-2147483641, file.Read("a").item<int>());
    }

    public void Dispose()
    {
        _scope.Dispose();
        _files.Dispose();
    }
}
