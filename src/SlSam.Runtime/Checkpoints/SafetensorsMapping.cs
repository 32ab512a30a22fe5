using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// An open safetensors file mapped into memory: values go from the system's cache of the file into a tensor that is there already, so that no second copy
/// of them is held.
/// </summary>
internal sealed class SafetensorsMapping : IDisposable
{
    /// <summary>A span has at most 2^31 - 1 bytes, a tensor may have more.</summary>
    private const long DirectChunk = 1 << 28;

    /// <summary>What is converted on the way passes through a piece of memory of this size.</summary>
    private const long ConvertedChunk = 1 << 22;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public SafetensorsMapping(SafeFileHandle handle)
    {
        _file = MemoryMappedFile.CreateFromFile(handle, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
    }

    /// <summary>Copies values into a tensor of their shape, of any device and element type. Called under <c>no_grad</c>.</summary>
    /// <param name="entry">Which values.</param>
    /// <param name="start">Where they begin, in bytes from the beginning of the file.</param>
    /// <param name="target">The tensor, contiguous.</param>
    public void CopyInto(SafetensorsEntry entry, long start, Tensor target)
    {
        if (entry.ByteLength == 0)
        {
            return;
        }

        using var detached = target.detach();
        using var flat = detached.view(-1);
        var size = entry.ByteLength / target.NumberOfElements;
        var direct = target.device_type == TorchSharp.DeviceType.CPU && target.dtype == entry.DType && entry.DType != ScalarType.Bool;
        var chunk = (direct ? DirectChunk : ConvertedChunk) / size;
        for (long first = 0; first < target.NumberOfElements; first += chunk)
        {
            using var part = flat.narrow(0, first, Math.Min(chunk, target.NumberOfElements - first));
            var offset = (ulong)(start + first * size);
            if (direct)
            {
                _view.SafeMemoryMappedViewHandle.ReadSpan(offset, part.bytes);
                continue;
            }

            // A byte that is neither 0 nor 1 is no bool to torch: it is made one by conversion.
            using var values = empty(part.shape, dtype: entry.DType == ScalarType.Bool ? ScalarType.Byte : entry.DType);
            _view.SafeMemoryMappedViewHandle.ReadSpan(offset, values.bytes);
            part.copy_(values);
        }
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
