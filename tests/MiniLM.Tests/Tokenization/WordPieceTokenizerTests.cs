using System.Text.Json;
using MiniLM.Assets;
using MiniLM.Tests.Python;
using MiniLM.Tokenization;

namespace MiniLM.Tests.Tokenization;

public sealed class WordPieceTokenizerTests
{
    private static readonly string[] Pieces =
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "creme", "br", "##ule", "##e", "un", "##aff", "##able", "don", "'", "t", ".", "&", "amp", ";",
        "<", ">", "中", "文", "ab", "##c", "[", "]", "sep", "i", "k", "ss", "ß", "ᄀ", "##ᅡ", "##ᆨ", "a", "##a", "ω", "$", "^", "—",
    ];

    private static readonly Vocabulary Small = Vocabulary.Of(Pieces);

    [Theory]
    [InlineData("", "")]
    [InlineData(" \t\r\n\u00A0\u2003\u2028", "")]
    [InlineData("unaffable", "un ##aff ##able")]
    [InlineData("Crème BRÛLÉE", "creme br ##ule ##e")]
    [InlineData("Cre\u0300me bru\u0302le\u0301e", "creme br ##ule ##e")]
    [InlineData("don't...", "don ' t . . .")]
    [InlineData("a$a^a—a", "a $ a ^ a — a")]
    [InlineData("Q&amp;A <a>", "[UNK] & amp ; a < a >")]
    [InlineData("ABC中文abc", "ab ##c 中 文 ab ##c")]
    [InlineData("中\u0301文", "中 文")]
    [InlineData("[SEP]", "[ sep ]")]
    [InlineData("a\u0000\uFFFD\u200B\u0007a", "a ##a")]
    [InlineData("a\uD800a", "a ##a")]
    [InlineData("İ \u212A \u2126 ß ẞ", "i k ω ß ß")]
    [InlineData("각", "ᄀ ##ᅡ ##ᆨ")]
    [InlineData("unaffableq", "[UNK]")]
    [InlineData("🎬a", "[UNK]")]
    public void Text_is_cut_into_the_pieces_that_BERT_would_see(string text, string expected)
    {
        var ids = new WordPieceTokenizer(Small).Encode(text, 64);

        Assert.Equal($"[CLS] {expected} [SEP]".Replace("  ", " "), string.Join(' ', ids.Select(id => Pieces[id])));
    }

    [Fact]
    public void Words_of_more_than_a_hundred_characters_are_unknown()
    {
        var tokenizer = new WordPieceTokenizer(Small);

        Assert.Equal(102, tokenizer.Encode(new string('a', 100), 512).Length);
        Assert.Equal([2, 1, 3], tokenizer.Encode(new string('a', 101), 512));
    }

    [Fact]
    public void A_long_text_loses_its_end_and_keeps_the_closing_token()
    {
        var tokenizer = new WordPieceTokenizer(Small);

        Assert.Equal([2, 8, 9, 3], tokenizer.Encode("unaffable unaffable", 4));
        Assert.Equal([2, 3], tokenizer.Encode("unaffable", 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Encode("unaffable", 1));
    }

    [Fact]
    public void A_long_text_may_lose_its_middle()
    {
        var tokenizer = new WordPieceTokenizer(Small);

        // [CLS] don ' t . un ##aff ##able [SEP]
        Assert.Equal([2, 11, 12, 13, 14, 8, 9, 10, 3], tokenizer.EncodeEnds("don't. unaffable", 9));
        Assert.Equal([2, 11, 13, 14, 8, 9, 10, 3], tokenizer.EncodeEnds("don't. unaffable", 8));
        Assert.Equal([2, 9, 10, 3], tokenizer.EncodeEnds("don't. unaffable", 4));
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    public void Any_text_gives_the_ids_of_an_independent_implementation_in_Python(int seed)
    {
        using var folder = new TemporaryFolder();
        string[] letters = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", .. Alphabet().SelectMany(letter => new[] { letter, $"##{letter}" })];
        string file = folder.Write("vocabulary.txt", string.Join('\n', letters));
        var tokenizer = new WordPieceTokenizer(Vocabulary.Of(letters));

        string output = DebianPython.Run("wordpiece.py", module: null, file, seed.ToString());

        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(400, lines.Length);
        foreach (string line in lines)
        {
            using var example = JsonDocument.Parse(line);
            string text = example.RootElement[0].GetString()!;
            int[] expected = example.RootElement[1].Deserialize<int[]>()!;
            Assert.True(
                expected.SequenceEqual(tokenizer.Encode(text, 10_000)), $"'{text}' ({string.Join(' ', text.Select(c => $"{(int)c:X4}"))})");
        }
    }

    /// <summary>Ids looked up by hand in the vocabulary of the pretrained encoder.</summary>
    [SkippableTheory]
    [InlineData("That is a happy person", new[] { 101, 2008, 2003, 1037, 3407, 2711, 102 })]
    [InlineData("Naïve façade, isn't it?", new[] { 101, 15743, 8508, 1010, 3475, 1005, 1056, 2009, 1029, 102 })]
    public void The_real_vocabulary_is_read_as_it_is(string text, int[] expected)
    {
        var cache = new AssetCache(AssetCache.DefaultFolder, new NpmPackageSource());
        string path = cache.PathOf(AssetCatalog.Tokenizer);
        Skip.IfNot(File.Exists(path), $"The encoder's tokenizer is not in {cache.Folder}; running the sample puts it there.");

        var vocabulary = Vocabulary.Load(path);

        Assert.Equal(30522, vocabulary.Count);
        Assert.Equal((0, 100, 101, 102), (vocabulary.Padding, vocabulary.Unknown, vocabulary.Start, vocabulary.End));
        Assert.Equal(expected, new WordPieceTokenizer(vocabulary).Encode(text, 64));
    }

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("""{"model":{"type":"BPE"}}""", "not WordPiece")]
    [InlineData(
        """
        {"normalizer":{"lowercase":false},
         "model":{"type":"WordPiece","continuing_subword_prefix":"##","max_input_chars_per_word":100,"vocab":{"[PAD]":0}}}
        """, "not uncased")]
    [InlineData(
        """
        {"normalizer":{"lowercase":true},
         "model":{"type":"WordPiece","continuing_subword_prefix":"##","max_input_chars_per_word":100,"vocab":{"[PAD]":0,"[UNK]":2}}}
        """, "ids are not")]
    [InlineData(
        """
        {"normalizer":{"lowercase":true},
         "model":{"type":"WordPiece","continuing_subword_prefix":"##","max_input_chars_per_word":100,"vocab":{"[PAD]":0,"[UNK]":1}}}
        """, "[CLS]")]
    public void A_foreign_tokenizer_file_is_refused_with_the_reason(string json, string reason)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("tokenizer.json", json);

        var exception = Assert.Throws<InvalidDataException>(() => Vocabulary.Load(path));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Alphabet() =>
        Enumerable.Range(0x21, 0x2000).Concat(Enumerable.Range(0x3040, 0x300)).Concat(Enumerable.Range(0x4E00, 0x300))
            .Select(code => ((char)code).ToString());
}
