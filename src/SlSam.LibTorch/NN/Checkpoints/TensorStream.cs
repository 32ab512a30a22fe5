namespace TorchSharp;

/// <summary>
/// Tensors in TorchSharp's binary format: element type, number of dimensions and sizes as LEB128 numbers, then the elements' bytes in
/// row-major order.
/// </summary>
internal static class TensorStream
{
    private const long Chunk = 1 << 20;

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

    /// <summary>Reads a tensor into main memory.</summary>
    /// <exception cref="EndOfStreamException">The stream ends within the tensor.</exception>
    public static unsafe torch.Tensor Read(BinaryReader reader)
    {
        var (dtype, shape) = ReadHeader(reader);
        var tensor = torch.empty(shape, dtype, torch.CPU);
        try
        {
            var data = Data(tensor);
            var length = Length(tensor);
            for (var position = 0L; position < length; position += Chunk)
                reader.BaseStream.ReadExactly(new Span<byte>(data + position, (int)Math.Min(Chunk, length - position)));
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
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

    private static (torch.ScalarType, long[]) ReadHeader(BinaryReader reader)
    {
        var dtype = (torch.ScalarType)reader.Read7BitEncodedInt64();
        var dimensions = reader.Read7BitEncodedInt64();
        if (!Enum.IsDefined(dtype) || dimensions is < 0 or > 64)
            throw new InvalidDataException(
                $"The stream holds no tensor: its element type is {(long)dtype}, its number of dimensions {dimensions}.");

        var shape = new long[dimensions];
        for (var i = 0; i < shape.Length; i++) shape[i] = reader.Read7BitEncodedInt64();
        return (dtype, shape);
    }

    private static long Length(torch.Tensor tensor) => tensor.numel() * tensor.element_size();

    private static unsafe byte* Data(torch.Tensor tensor)
    {
        void* data;
        Native.Check(Native.slsam_tensor_data((void*)tensor.Handle, &data));
        return (byte*)data;
    }
}
