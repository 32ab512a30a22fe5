using System.Text;

namespace SlSam.Reliability.Tests.Fuzzing;

/// <summary>A reader that is given malformed input.</summary>
internal abstract class FuzzTarget : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private FuzzInput[]? _valid;

    /// <summary>What is read.</summary>
    public abstract string Name { get; }

    /// <summary>How many of a hundred inputs are for this reader.</summary>
    public abstract int Share { get; }

    /// <summary>Inputs that are right, to be damaged.</summary>
    public IReadOnlyList<FuzzInput> Valid => _valid ??= [.. CreateValid()];

    /// <summary>The folder that inputs are written to; it is the reader's own.</summary>
    protected string Folder => _folder.Path;

    /// <summary>An input that nobody has ever written, made up from the format's grammar.</summary>
    public abstract FuzzInput Generate(Random random);

    /// <summary>Makes an input right again where it says something about itself, such as a length or a checksum, so that more of it is read.</summary>
    public virtual void Mend(FuzzInput input, Random random)
    {
    }

    /// <summary>Reads an input to its end, and throws only what is documented.</summary>
    public abstract void Read(FuzzInput input);

    /// <summary>Whether an exception is one that the reader says it throws.</summary>
    public virtual bool IsDocumented(Exception exception) => exception is InvalidDataException;

    /// <summary>How many bytes of managed memory reading may take at most: messages and tables apart, a multiple of what is read.</summary>
    public virtual long MostManagedBytes(long length) => (1 << 18) + 100 * length;

    /// <summary>How many tensors may come and go with what the reader reads into; none may be left beside them.</summary>
    public virtual long TensorsKept => 0;

    public virtual void Dispose() => _folder.Dispose();

    protected abstract IEnumerable<FuzzInput> CreateValid();

    protected static FuzzInput One(string name, byte[] bytes) => new() { [name] = bytes };

    protected static FuzzInput One(string name, string text) => One(name, Encoding.UTF8.GetBytes(text));

    protected string Write(FuzzInput input)
    {
        input.Write(Folder);
        return Path.Combine(Folder, input.Keys.First());
    }
}
