using static TorchSharp.torch;

namespace MiniLM.Texts;

/// <summary>Texts side by side, padded to the longest of them.</summary>
public sealed class TextBatch : IDisposable
{
    /// <summary>Large enough for its exponential to be exactly 0, small enough for half precision.</summary>
    private const float Masked = -30000;

    private TextBatch(Tensor tokenIds, Tensor mask, Tensor labels)
    {
        TokenIds = tokenIds;
        Mask = mask;
        Labels = labels;
    }

    /// <summary>Whole numbers [batch, sequence].</summary>
    public Tensor TokenIds { get; }

    /// <summary>What is added to attention scores, [batch, 1, 1, sequence]: 0 for a token, a large negative number for padding.</summary>
    public Tensor Mask { get; }

    /// <summary>1 for a positive text, else 0: [batch].</summary>
    public Tensor Labels { get; }

    public static TextBatch Of(IReadOnlyList<EncodedText> texts, int paddingId, Device device)
    {
        int length = texts.Max(text => text.TokenIds.Length);
        long[] ids = new long[texts.Count * length];
        float[] mask = new float[ids.Length];
        for (int row = 0; row < texts.Count; row++)
        {
            int[] tokens = texts[row].TokenIds;
            for (int column = 0; column < length; column++)
            {
                bool isToken = column < tokens.Length;
                ids[row * length + column] = isToken ? tokens[column] : paddingId;
                mask[row * length + column] = isToken ? 0 : Masked;
            }
        }
        return new TextBatch(
            tensor(ids, [texts.Count, length], device: device),
            tensor(mask, [texts.Count, 1, 1, length], device: device),
            tensor(texts.Select(text => text.IsPositive ? 1L : 0L).ToArray(), [texts.Count], device: device));
    }

    public void Dispose()
    {
        TokenIds.Dispose();
        Mask.Dispose();
        Labels.Dispose();
    }
}
