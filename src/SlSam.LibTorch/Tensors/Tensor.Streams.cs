namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Writes the bytes of a contiguous tensor in main memory, whatever its size.</summary>
        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            for (long offset = 0, total = StreamableBytes(); offset < total;)
            {
                var part = Window(offset, total);
                stream.Write(part);
                offset += part.Length;
            }
            GC.KeepAlive(this);
        }

        /// <summary>Fills a contiguous tensor in main memory with bytes from a stream.</summary>
        /// <exception cref="EndOfStreamException">The stream has fewer bytes than the tensor.</exception>
        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            for (long offset = 0, total = StreamableBytes(); offset < total;)
            {
                var part = Window(offset, total);
                stream.ReadExactly(part);
                offset += part.Length;
            }
            GC.KeepAlive(this);
        }

        private long StreamableBytes()
        {
            if (!is_contiguous()) throw new NotImplementedException("The bytes of a tensor that is not contiguous; call contiguous() first.");
            return numel() * element_size();
        }

        private unsafe Span<byte> Window(long offset, long total) => new((byte*)MainMemory + offset, (int)Math.Min(total - offset, 1 << 20));
    }
}
