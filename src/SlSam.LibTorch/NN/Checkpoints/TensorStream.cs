namespace TorchSharp;

/// <summary>
/// Tensors in TorchSharp's binary format: element type, number of dimensions and sizes as LEB128 numbers, then the elements' bytes in
/// row-major order.
/// </summary>
internal static class TensorStream
{
    private const long Chunk = 1 << 20;

    /// <summary>How much is believed of a stream that does not say how much it has.</summary>
    private const long Piece = 1 << 26;

    /// <summary>Writes a tensor of any device and layout.</summary>
    public static unsafe void Write(BinaryWriter writer, torch.Tensor tensor)
    {
        using var detached = tensor.detach();
        using var host = detached.to(DeviceType.CPU);
        using var dense = host.contiguous();

        writer.Write7BitEncodedInt64((long)dense.dtype);
        writer.Write7BitEncodedInt64(dense.dim());
        foreach (var size in dense.shape) writer.Write7BitEncodedInt64(size);
        writer.Flush();
        using var memory = new UnmanagedMemoryStream(Data(dense), Length(dense));
        memory.CopyTo(writer.BaseStream);
    }

    /// <summary>Reads a tensor into main memory, and takes no more of it than the stream has to fill it with.</summary>
    /// <exception cref="EndOfStreamException">The stream ends within the tensor.</exception>
    /// <exception cref="InvalidDataException">The stream holds something else.</exception>
    public static torch.Tensor Read(BinaryReader reader)
    {
        var (dtype, shape, length) = ReadHeader(reader);
        var stream = reader.BaseStream;
        if (stream.CanSeek && length > stream.Length - stream.Position)
            throw new EndOfStreamException($"A tensor of {length} bytes follows, but the stream has {stream.Length - stream.Position} more.");
        return stream.CanSeek || length <= Piece ? ReadElements(stream, dtype, shape) : ReadPieces(stream, dtype, shape);
    }

    /// <summary>Reads a tensor into another of the same element type and shape, which stays as it is if the stream is not right.</summary>
    /// <exception cref="ArgumentException">The tensor in the stream has another element type or shape.</exception>
    public static void ReadInto(BinaryReader reader, torch.Tensor target)
    {
        using var source = Read(reader);
        Check(source, target, "The tensor");
        using var noGrad = torch.no_grad();
        target.copy_(source);
    }

    /// <summary>Throws if a tensor cannot take the place of another.</summary>
    public static void Check(torch.Tensor source, torch.Tensor target, string what)
    {
        if (source.dtype == target.dtype && source.shape.AsSpan().SequenceEqual(target.shape)) return;
        throw new ArgumentException(
            $"{what} is {source.dtype} [{string.Join(", ", source.shape)}] in the stream, " +
            $"but must be {target.dtype} [{string.Join(", ", target.shape)}].");
    }

    /// <summary>Reads a number in LEB128.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static long ReadNumber(BinaryReader reader)
    {
        try
        {
            return reader.Read7BitEncodedInt64();
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"The stream has no number where one should be: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a text that begins with its length.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static string ReadText(BinaryReader reader)
    {
        try
        {
            return reader.ReadString();
        }
        catch (Exception exception) when (exception is FormatException || exception.GetType() == typeof(IOException))
        {
            throw new InvalidDataException($"The stream has no text where one should be: {exception.Message}", exception);
        }
    }

    private static (torch.ScalarType Type, long[] Shape, long Length) ReadHeader(BinaryReader reader)
    {
        var (type, dimensions) = (ReadNumber(reader), ReadNumber(reader));
        var size = type is >= 0 and <= sbyte.MaxValue ? ElementTypes.SizeOf((torch.ScalarType)type) : 0;
        if (size == 0 || dimensions is < 0 or > 64)
            throw new InvalidDataException($"The stream holds no tensor: its element type is {type}, its number of dimensions {dimensions}.");

        // A size of 0 counts as 1 at first: strides are computed from the others, and those must not overflow either.
        var shape = new long[dimensions];
        long length = size;
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = ReadNumber(reader);
            var factor = Math.Max(shape[i], 1);
            if (shape[i] < 0 || length > long.MaxValue / factor)
                throw new InvalidDataException($"The stream holds no tensor: it has the size {shape[i]} in dimension {i}.");
            length *= factor;
        }

        return ((torch.ScalarType)type, shape, shape.Contains(0) ? 0 : length);
    }

    private static unsafe torch.Tensor ReadElements(Stream stream, torch.ScalarType dtype, long[] shape)
    {
        var tensor = torch.empty(shape, dtype, torch.CPU);
        try
        {
            var data = Data(tensor);
            var length = Length(tensor);
            for (var position = 0L; position < length; position += Chunk)
                stream.ReadExactly(new Span<byte>(data + position, (int)Math.Min(Chunk, length - position)));
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>Reads a large tensor from a stream that does not say how much it has.</summary>
    private static torch.Tensor ReadPieces(Stream stream, torch.ScalarType dtype, long[] shape)
    {
        using var scope = torch.NewDisposeScope();
        var (left, most) = (shape.Aggregate((count, size) => count * size), Piece / ElementTypes.SizeOf(dtype));
        var pieces = new List<torch.Tensor>();
        for (; left > 0; left -= most) pieces.Add(ReadElements(stream, dtype, [Math.Min(left, most)]));
        return torch.cat(pieces).view(shape).MoveToOuterDisposeScope();
    }

    private static long Length(torch.Tensor tensor) => tensor.numel() * tensor.element_size();

    private static unsafe byte* Data(torch.Tensor tensor)
    {
        void* data;
        Native.Check(Native.slsam_tensor_data((void*)tensor.Handle, &data));
        return (byte*)data;
    }
}
