using System.Text;

namespace Gallery.Tests;

/// <summary>A file in the format of llama2.c with random weights and a vocabulary of bytes, letters and some longer pieces.</summary>
internal static class SmallLlama
{
    private const int Width = 16, Inner = 24, Blocks = 2, Heads = 2, Length = 128;

    private static readonly string[] s_longer =
        [" t", "he", " the", "in", "ing", " a", "er", "st", "ed", " s", "or", "é", " st", "ory", " story", "th", "an", "and", " and", "…"];

    public static void Write(string path, int seed)
    {
        var random = new Random(seed);
        var pieces = new List<byte[]> { "<unk>"u8.ToArray(), "\n<s>\n"u8.ToArray(), "\n</s>\n"u8.ToArray() };
        pieces.AddRange(Enumerable.Range(0, 256).Select(each => new[] { (byte)each }));
        pieces.AddRange(Enumerable.Range(' ', 95).Select(letter => new[] { (byte)letter }));
        pieces.AddRange(s_longer.Select(Encoding.UTF8.GetBytes));

        using var writer = new BinaryWriter(File.Create(path));
        foreach (var number in new[] { Width, Inner, Blocks, Heads, Heads, pieces.Count, Length })
        {
            writer.Write(number);
        }

        Matrix(pieces.Count * Width);
        Ones(Blocks * Width);
        Matrix(4 * Blocks * Width * Width);
        Ones(Blocks * Width);
        Matrix(3 * Blocks * Width * Inner);
        Ones(Width);
        Ones(Length * Width / Heads);
        writer.Write(pieces.Max(piece => piece.Length));
        for (var id = 0; id < pieces.Count; id++)
        {
            writer.Write(pieces[id].Length > 1 ? (float)-id : 0f);
            writer.Write(pieces[id].Length);
            writer.Write(pieces[id]);
        }

        void Matrix(int count) => Numbers(count, () => 0.3f * ((float)random.NextDouble() - 0.5f));

        void Ones(int count) => Numbers(count, () => 0.5f + (float)random.NextDouble());

        void Numbers(int count, Func<float> next)
        {
            for (var i = 0; i < count; i++)
            {
                writer.Write(next());
            }
        }
    }
}
