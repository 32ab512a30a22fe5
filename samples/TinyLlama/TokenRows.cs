using MiniLM.Terminal;
using static TorchSharp.torch;

namespace TinyLlama;

/// <summary>Texts as rows of tokens, each as long as the others.</summary>
internal sealed class TokenRows
{
    private const int LettersRead = 600;

    private readonly List<int[]> _rows = [];
    private readonly int _length;

    private TokenRows(int length) => _length = length;

    /// <summary>How many rows there are.</summary>
    public int Count => _rows.Count;

    /// <summary>Cuts texts into tokens, and shows how that advances.</summary>
    /// <param name="texts">The texts, of which the beginning is read.</param>
    /// <param name="tokenizer">Cuts them.</param>
    /// <param name="length">How many tokens of a text are predicted.</param>
    /// <param name="display">Shows it.</param>
    public static Task<TokenRows> ReadAsync(List<string> texts, StoryTokenizer tokenizer, int length, IDisplay display) =>
        display.TrackAsync("Cutting texts into tokens", texts.Count, ProgressUnit.Count, progress => Task.Run(() =>
        {
            var rows = new TokenRows(length);
            foreach (var text in texts)
            {
                var tokens = tokenizer.Encode(text.Length > LettersRead ? text[..LettersRead] : text);
                rows._rows.Add([StoryTokenizer.Begin, .. tokens.Concat(Enumerable.Repeat(StoryTokenizer.Begin, length)).Take(length)]);
                progress.Report(rows.Count, "");
            }

            return rows;
        }));

    /// <summary>Rows side by side: [count, length] tokens, and for each the one that follows it.</summary>
    public (Tensor Inputs, Tensor Targets) Batch(int first, int count)
    {
        var ids = tensor(_rows.GetRange(first, count).SelectMany(row => row).Select(id => (long)id).ToArray(), [count, _length + 1]);
        return (ids.narrow(1, 0, _length), ids.narrow(1, 1, _length));
    }
}
