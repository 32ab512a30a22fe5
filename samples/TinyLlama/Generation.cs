using MiniLM.Terminal;
using TorchSharp;
using static TorchSharp.torch;

namespace TinyLlama;

/// <summary>Lets a model write.</summary>
internal static class Generation
{
    private const double Temperature = 0.7;

    /// <summary>Goes on from a prompt, token by token, and shows how that advances. Random numbers are drawn from torch's generator.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="prompt">How the text begins.</param>
    /// <param name="tokens">How many tokens are added at most.</param>
    /// <param name="display">Shows it.</param>
    /// <param name="cancellation">Ends it.</param>
    public static Task<string> WriteAsync(Llama model, StoryTokenizer tokenizer, string prompt, int tokens, IDisplay display, CancellationToken cancellation) =>
        display.TrackAsync("Writing", tokens, ProgressUnit.Count, progress => Task.Run(() =>
        {
            using var quiet = no_grad();
            List<int> ids = [StoryTokenizer.Begin, .. tokenizer.Encode(prompt)];
            for (var written = 1; written <= tokens; written++)
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var logits = model.call(tensor(ids.Select(id => (long)id).ToArray(), [1, ids.Count]));
                var next = logits.select(1, ids.Count - 1).div(Temperature).softmax(-1).multinomial(1).ToInt32();
                if (next == StoryTokenizer.Begin)
                {
                    break;
                }

                ids.Add(next);
                progress.Report(written, "");
            }

            progress.Report(tokens, "");
            return tokenizer.Decode(ids);
        }));
}
