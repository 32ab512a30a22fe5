using System.Text.Json;

namespace MiniLM.Tokenization;

/// <summary>The pieces of words that a model knows, each with its id, and the special tokens among them.</summary>
public sealed class Vocabulary
{
    public const string ContinuationPrefix = "##";

    private readonly Dictionary<string, int> _ids;

    private Vocabulary(Dictionary<string, int> ids)
    {
        _ids = ids;
        Padding = Special("[PAD]");
        Unknown = Special("[UNK]");
        Start = Special("[CLS]");
        End = Special("[SEP]");
    }

    public int Count => _ids.Count;

    /// <summary>[PAD], which fills short texts up to the length of their batch.</summary>
    public int Padding { get; }

    /// <summary>[UNK], for a word that no pieces make up.</summary>
    public int Unknown { get; }

    /// <summary>[CLS], before every text.</summary>
    public int Start { get; }

    /// <summary>[SEP], after every text.</summary>
    public int End { get; }

    public bool TryGetId(string piece, out int id) => _ids.TryGetValue(piece, out id);

    /// <summary>A vocabulary of the given pieces, numbered in their order.</summary>
    public static Vocabulary Of(IEnumerable<string> pieces)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string piece in pieces)
            ids.TryAdd(piece, ids.Count);
        return new Vocabulary(ids);
    }

    /// <summary>The vocabulary of a <c>tokenizer.json</c> in Hugging Face's format.</summary>
    /// <exception cref="InvalidDataException">It is no uncased WordPiece tokenizer as <see cref="WordPieceTokenizer"/> is one.</exception>
    public static Vocabulary Load(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            var model = document.RootElement.GetProperty("model");
            Demand(model.GetProperty("type").GetString() == "WordPiece", "its model is not WordPiece");
            Demand(model.GetProperty("continuing_subword_prefix").GetString() == ContinuationPrefix, "its pieces do not continue with ##");
            Demand(model.GetProperty("max_input_chars_per_word").GetInt32() == WordPieceTokenizer.LongestWord, "its longest word differs");
            Demand(document.RootElement.GetProperty("normalizer").GetProperty("lowercase").GetBoolean(), "it is not uncased");

            var ids = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var entry in model.GetProperty("vocab").EnumerateObject())
                ids.Add(entry.Name, entry.Value.GetInt32());
            Demand(ids.Values.Order().SequenceEqual(Enumerable.Range(0, ids.Count)), "its ids are not 0, 1, 2 and so on");
            return new Vocabulary(ids);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or ArgumentException or InvalidDataException)
        {
            throw new InvalidDataException($"'{path}' cannot be read as an uncased WordPiece tokenizer: {exception.Message}", exception);
        }
    }

    private static void Demand(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidDataException(otherwise);
    }

    private int Special(string piece) => _ids.TryGetValue(piece, out int id)
        ? id
        : throw new InvalidDataException($"The vocabulary of {_ids.Count} pieces has no {piece}.");
}
