using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// A safetensors file opened for reading. Opening reads and checks the header alone; a tensor's values go from the file
/// straight into the tensor's memory when it is asked for, so that no more of a file is held than what is used.
/// </summary>
/// <remarks>
/// <see cref="Read"/> reads from the file, <see cref="LoadInto"/> copies from a mapping of it, so that values are in memory once. A file that
/// has become shorter is refused by both; what shortens a file in the moment in which it is copied from ends the process, as with any mapped file.
/// Members may be called from several threads.
/// </remarks>
public sealed class SafetensorsFile : ISafetensors, IDisposable
{
    private const int LengthSize = sizeof(ulong);
    private const int MaximumHeaderLength = 100_000_000;
    private const int ChunkSize = 1 << 28;

    private readonly SafeFileHandle _handle;
    private readonly SafetensorsHeader _header;
    private readonly long _dataStart;
    private readonly long _length;
    private readonly Lazy<SafetensorsMapping> _mapping;

    private SafetensorsFile(string path, SafeFileHandle handle)
    {
        Path = path;
        _handle = handle;
        _mapping = new(() => new SafetensorsMapping(handle));
        long length = _length = RandomAccess.GetLength(handle);
        if (length < LengthSize)
            throw new InvalidDataException($"it has {length} bytes, and the length of the header alone takes {LengthSize}");
        Span<byte> prefix = stackalloc byte[LengthSize];
        ReadExactly(prefix, 0);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > MaximumHeaderLength || (long)headerLength > length - LengthSize)
            throw new InvalidDataException(
                $"its first eight bytes give a header of {headerLength} bytes; "
                + $"it can have {Math.Min(MaximumHeaderLength, length - LengthSize)} at most");
        byte[] json = new byte[headerLength];
        ReadExactly(json, LengthSize);
        _dataStart = LengthSize + json.Length;
        _header = SafetensorsHeader.Parse(json, length - _dataStart);
    }

    /// <summary>The path that the file was opened by.</summary>
    public string Path { get; }

    /// <summary>The tensors in the file, in the order of their values there.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries => _header.Entries;

    /// <summary>What the writer of the file noted in it, as pairs of text; often empty.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>Opens a file and checks its header against itself and against the file's length.</summary>
    /// <param name="path">The path of the file.</param>
    /// <returns>The open file; disposing it closes it.</returns>
    /// <exception cref="InvalidDataException">
    /// It is not a safetensors file, it is truncated, its byte ranges overlap or leave gaps, or it has an element type that torch lacks.
    /// </exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var handle = File.OpenHandle(path, options: FileOptions.RandomAccess);
        try
        {
            return new SafetensorsFile(path, handle);
        }
        catch (InvalidDataException exception)
        {
            handle.Dispose();
            throw new InvalidDataException(
                $"'{path}' cannot be read as a safetensors file: {exception.Message}.", exception.InnerException);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file has a tensor of this name.</summary>
    /// <param name="name">The name, exactly as the file spells it.</param>
    public bool Contains(string name) => _header.ByName.ContainsKey(name);

    /// <summary>The description of a tensor.</summary>
    /// <param name="name">The name, exactly as the file spells it.</param>
    /// <exception cref="KeyNotFoundException">The file has no tensor of this name.</exception>
    public SafetensorsEntry this[string name] => _header.ByName.TryGetValue(name, out var entry)
        ? entry
        : throw new KeyNotFoundException($"'{Path}' has no tensor '{name}'; it has {Entries.Count} others.");

    /// <summary>Reads one tensor.</summary>
    /// <param name="name">The name, exactly as the file spells it.</param>
    /// <param name="dtype">The element type to convert to; null keeps that of the file.</param>
    /// <param name="device">The device to put it on; null is the CPU.</param>
    /// <returns>A new tensor that does not require a gradient; the caller disposes it.</returns>
    /// <exception cref="KeyNotFoundException">The file has no tensor of this name.</exception>
    /// <exception cref="InvalidDataException">The file has been shortened since it was opened.</exception>
    public Tensor Read(string name, ScalarType? dtype = null, Device? device = null)
    {
        var entry = this[name];
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        using var scope = NewDisposeScope();
        long[] shape = [.. entry.Shape];

        // A byte that is neither 0 nor 1 is no bool to torch: it is made one by conversion.
        var tensor = empty(shape, dtype: entry.DType == ScalarType.Bool ? ScalarType.Byte : entry.DType);
        if (entry.ByteLength > 0)
            Fill(tensor, entry);
        if (entry.DType == ScalarType.Bool)
            tensor = tensor.to(ScalarType.Bool);
        if (dtype is { } wanted && wanted != tensor.dtype)
            tensor = tensor.to(wanted);
        if (device is not null && device.type != TorchSharp.DeviceType.CPU)
            tensor = tensor.to(device);
        return tensor.MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Copies tensors of the file into a module's parameters and persistent buffers, converted to the element type and the device that
    /// those have. The file is mapped into memory, and no second copy of its values is made. Names, shapes and types are all checked before the first
    /// value is changed: on an exception the module is as it was.
    /// </summary>
    /// <param name="module">The module to fill.</param>
    /// <param name="fileName">
    /// The name in the file for the name of a parameter or buffer in the module, or null for one that does not come from the file and
    /// stays as it is. Without this function, names are the same in both.
    /// </param>
    /// <param name="strict">Whether it is an error if the file lacks a tensor that is asked for, or has one that is not.</param>
    /// <returns>What was loaded, and what was missing or left over if <paramref name="strict"/> is false.</returns>
    /// <exception cref="InvalidDataException">
    /// A shape differs, fractions would go into whole numbers, or, if <paramref name="strict"/>, a name is missing or left over.
    /// </exception>
    public SafetensorsLoadResult LoadInto(nn.Module module, Func<string, string?>? fileName = null, bool strict = true)
    {
        ArgumentNullException.ThrowIfNull(module);
        return SafetensorsModuleLoader.Load(this, module, fileName ?? (name => name), strict);
    }

    /// <summary>Closes the file. Tensors that were read from it stay valid.</summary>
    public void Dispose()
    {
        if (_mapping.IsValueCreated)
            _mapping.Value.Dispose();
        _handle.Dispose();
    }

    /// <summary>Refuses a file that is not as long any more as it was when it was opened.</summary>
    internal void RequireWhole()
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        long length = RandomAccess.GetLength(_handle);
        if (length < _length)
            throw new InvalidDataException($"'{Path}' ends at byte {length}: it has been shortened since it was opened.");
    }

    /// <summary>Copies one tensor into another of its shape. Called under <c>no_grad</c>.</summary>
    internal void CopyInto(string name, Tensor target)
    {
        var entry = this[name];
        if (target.is_contiguous())
        {
            _mapping.Value.CopyInto(entry, _dataStart + entry.Offset, target);
            return;
        }

        using var values = Read(name);
        target.copy_(values);
    }

    void ISafetensors.RequireWhole() => RequireWhole();

    void ISafetensors.CopyInto(string name, Tensor target) => CopyInto(name, target);

    private void Fill(Tensor tensor, SafetensorsEntry entry)
    {
        // A span has at most 2^31 - 1 bytes, a tensor may have more.
        using var flat = tensor.view(-1);
        long elementSize = entry.ByteLength / flat.shape[0];
        long elementsPerChunk = ChunkSize / elementSize;
        for (long first = 0; first < flat.shape[0]; first += elementsPerChunk)
        {
            using var chunk = flat.narrow(0, first, Math.Min(elementsPerChunk, flat.shape[0] - first));
            ReadExactly(chunk.bytes, _dataStart + entry.Offset + first * elementSize);
        }
    }

    private void ReadExactly(Span<byte> destination, long offset)
    {
        while (!destination.IsEmpty)
        {
            int count = RandomAccess.Read(_handle, destination, offset);
            if (count == 0)
                throw new InvalidDataException($"'{Path}' ends at byte {offset}: it has been shortened since it was opened.");
            destination = destination[count..];
            offset += count;
        }
    }
}
