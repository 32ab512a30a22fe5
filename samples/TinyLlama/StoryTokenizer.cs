using System.Buffers.Binary;
using System.Text;

namespace TinyLlama;

/// <summary>Llama's tokenizer: byte-pair encoding by the scores of its pieces, with the bytes themselves as a last resort.</summary>
internal sealed class StoryTokenizer
{
    /// <summary>Begins every text.</summary>
    public const int Begin = 1;

    private const int FirstByte = 3;

    private readonly byte[][] _pieces;
    private readonly float[] _scores;
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    private StoryTokenizer(byte[][] pieces, float[] scores)
    {
        _pieces = pieces;
        _scores = scores;
        for (var id = FirstByte + 256; id < pieces.Length; id++)
        {
            _ids.TryAdd(Key(pieces[id]), id);
        }
    }

    /// <summary>Reads the longest length, then for each piece its score, its length and its bytes.</summary>
    /// <exception cref="InvalidDataException">The data end early, or a length is out of range.</exception>
    public static StoryTokenizer Read(ReadOnlySpan<byte> data, int vocabulary)
    {
        var pieces = new byte[vocabulary][];
        var scores = new float[vocabulary];
        var rest = data.Length < 4 ? [] : data[4..];
        for (var id = 0; id < vocabulary; id++)
        {
            var length = rest.Length < 8 ? -1 : BinaryPrimitives.ReadInt32LittleEndian(rest[4..]);
            if (length < 0 || length > rest.Length - 8)
            {
                throw new InvalidDataException($"The tokenizer ends at piece {id} of {vocabulary}, or that has a wrong length.");
            }

            scores[id] = BinaryPrimitives.ReadSingleLittleEndian(rest);
            pieces[id] = rest.Slice(8, length).ToArray();
            rest = rest[(8 + length)..];
        }

        return new StoryTokenizer(pieces, scores);
    }

    /// <summary>The tokens of a text, which begins with a space as every word does.</summary>
    public List<int> Encode(string text)
    {
        var ids = new List<int>();
        foreach (var rune in $" {text}".EnumerateRunes())
        {
            var bytes = Encoding.UTF8.GetBytes(rune.ToString());
            if (_ids.TryGetValue(Key(bytes), out var id))
            {
                ids.Add(id);
            }
            else
            {
                ids.AddRange(bytes.Select(each => FirstByte + each));
            }
        }

        while (BestPair(ids) is { } best)
        {
            ids[best.Position] = best.Id;
            ids.RemoveAt(best.Position + 1);
        }

        return ids;
    }

    /// <summary>The text of tokens.</summary>
    public string Decode(IEnumerable<int> ids) =>
        Encoding.UTF8.GetString([.. ids.Where(id => id >= FirstByte).SelectMany(id => id < FirstByte + 256 ? [(byte)(id - FirstByte)] : _pieces[id])]).TrimStart();

    private (int Position, int Id)? BestPair(List<int> ids)
    {
        (int, int)? best = null;
        var score = float.NegativeInfinity;
        for (var position = 0; position + 1 < ids.Count; position++)
        {
            if (_ids.TryGetValue(Key(_pieces[ids[position]]) + Key(_pieces[ids[position + 1]]), out var id) && _scores[id] > score)
            {
                (best, score) = ((position, id), _scores[id]);
            }
        }

        return best;
    }

    private static string Key(byte[] piece) => Encoding.Latin1.GetString(piece);
}
