using System.Buffers.Binary;
using System.Text;

namespace SlSam.Runtime.Tests.Checkpoints;

/// <summary>Safetensors files put together by hand, byte for byte, in a folder that goes away with the test.</summary>
internal sealed class SafetensorsBytes : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("safetensors-").FullName;

    internal string PathTo(string name) => Path.Combine(_folder, name);

    internal string[] FileNames => Directory.EnumerateFiles(_folder).Select(path => Path.GetFileName(path)!).Order().ToArray();

    internal string Write(byte[] bytes)
    {
        string path = PathTo($"{Guid.NewGuid():N}.safetensors");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    internal string Write(string header, params byte[] data) => Write(Bytes(header, data));

    internal static byte[] Bytes(string header, params byte[] data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        return [.. length, .. json, .. data];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
