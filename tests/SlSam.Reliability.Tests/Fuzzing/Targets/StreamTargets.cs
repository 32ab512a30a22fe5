using System.Text;
using SlSam.Reliability.Tests.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Reliability.Tests.Fuzzing.Targets;

/// <summary>What TorchSharp writes by <c>BinaryWriter</c>.</summary>
internal abstract class StreamTarget : FuzzTarget
{
    private const string FileName = "stream";

    public override int Share => 5;

    public override bool IsDocumented(Exception exception) => exception is InvalidDataException or IOException or ArgumentException;

    public override void Read(FuzzInput input)
    {
        var bytes = input.Values.Single();
        Read(new MemoryStream(bytes));
        Read(new OneWayStream(bytes));
    }

    /// <summary>Numbers in LEB128, as sizes and names are written, and bytes.</summary>
    public override FuzzInput Generate(Random random)
    {
        var stream = new MemoryStream();
        var writer = new BinaryWriter(stream);
        for (var count = random.Next(12); count > 0; count--)
        {
            switch (random.Next(5))
            {
                case 0: writer.Write7BitEncodedInt64(random.Next(12)); break;
                case 1: writer.Write7BitEncodedInt64(1L << random.Next(63)); break;
                case 2: writer.Write7BitEncodedInt64(random.NextInt64()); break;
                case 3: writer.Write(random.Next(2) == 0 ? "stem.weight" : nameof(AdamW)); break;
                default:
                    var bytes = new byte[random.Next(40)];
                    random.NextBytes(bytes);
                    writer.Write(bytes);
                    break;
            }
        }

        return One(FileName, stream.ToArray());
    }

    protected abstract void Read(Stream stream);

    protected abstract void Save(BinaryWriter writer);

    protected override IEnumerable<FuzzInput> CreateValid()
    {
        var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            Save(writer);
        }

        yield return One(FileName, stream.ToArray());
    }

    /// <summary>A stream that cannot tell how long it is.</summary>
    private sealed class OneWayStream(byte[] bytes) : Stream
    {
        private int _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, bytes.Length - _position);
            bytes.AsSpan(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

/// <summary>A tensor.</summary>
internal sealed class TensorStreamTarget : StreamTarget
{
    public override string Name => "tensor stream";

    protected override void Read(Stream stream)
    {
        using var reader = new BinaryReader(stream);
        using var tensor = TensorExtensionMethods.Load(reader);
    }

    protected override void Save(BinaryWriter writer)
    {
        using var tensor = ones(3, 5);
        tensor.Save(writer);
    }
}

/// <summary>The state dictionary of a module.</summary>
internal sealed class ModuleStreamTarget : StreamTarget
{
    private readonly SmallClassifier _model = new();

    public override string Name => "module stream";

    public override void Dispose()
    {
        _model.Dispose();
        base.Dispose();
    }

    protected override void Read(Stream stream) => _model.load(stream, strict: false);

    protected override void Save(BinaryWriter writer) => _model.save(writer);
}

/// <summary>The state of an optimizer.</summary>
internal sealed class OptimizerStreamTarget : StreamTarget
{
    private readonly SmallClassifier _model = new();
    private readonly AdamW _optimizer;

    public OptimizerStreamTarget() => _optimizer = optim.AdamW(_model.parameters());

    public override string Name => "optimizer stream";

    /// <summary>A stream may say that there are largest moments, which come then.</summary>
    public override long TensorsKept => 16;

    public override void Dispose()
    {
        _optimizer.Dispose();
        _model.Dispose();
        base.Dispose();
    }

    protected override void Read(Stream stream)
    {
        using var reader = new BinaryReader(stream);
        _optimizer.load_state_dict(reader);
    }

    protected override void Save(BinaryWriter writer)
    {
        using var scope = NewDisposeScope();
        _model.call(ones(4, SmallClassifier.Width)).sum().backward();
        _optimizer.step();
        _optimizer.save_state_dict(writer);
    }
}
