using System.Buffers.Binary;
using System.Globalization;
using Google.Protobuf;

namespace SlSam.Reporting.TensorBoard;

/// <summary>
/// An event file: TFRecords, each a length, the masked CRC-32C of the length, an event, and the masked CRC-32C of the event, in little-endian order.
/// </summary>
internal sealed class EventFile : IDisposable
{
    private static int s_files;
    private readonly FileStream _stream;

    /// <summary>Makes a file of a name of its own in a folder, which is made if it is not there.</summary>
    public EventFile(string folder)
    {
        Directory.CreateDirectory(folder);
        var now = DateTimeOffset.UtcNow;
        Path = System.IO.Path.Combine(folder, string.Create(
            CultureInfo.InvariantCulture,
            $"events.out.tfevents.{now.ToUnixTimeSeconds():D10}.{Environment.MachineName}.{Environment.ProcessId}.{Interlocked.Increment(ref s_files) - 1}"));
        _stream = new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 16);
        Write(new Event { WallTime = Seconds(now), FileVersion = "brain.Event:2" });
        Flush();
    }

    /// <summary>The file's path.</summary>
    public string Path { get; }

    /// <summary>Adds an event that happens now.</summary>
    public void Write(long step, Summary summary) => Write(new Event { WallTime = Seconds(DateTimeOffset.UtcNow), Step = step, Summary = summary });

    /// <summary>Lets readers see what was written.</summary>
    public void Flush() => _stream.Flush();

    public void Dispose() => _stream.Dispose();

    /// <summary>TFRecord's checksum: CRC-32C, rotated and offset, so that a checksum of data that holds checksums stays a good one.</summary>
    internal static uint MaskedCrc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc = System.Numerics.BitOperations.Crc32C(crc, value);
        }

        return System.Numerics.BitOperations.RotateRight(~crc, 15) + 0xa282ead8;
    }

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    private void Write(Event what)
    {
        var bytes = what.ToByteArray();
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, bytes.Length);
        _stream.Write(length);
        WriteCrc(length);
        _stream.Write(bytes);
        WriteCrc(bytes);
    }

    private void WriteCrc(ReadOnlySpan<byte> data)
    {
        Span<byte> crc = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(crc, MaskedCrc(data));
        _stream.Write(crc);
    }
}
