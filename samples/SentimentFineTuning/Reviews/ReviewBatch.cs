using static TorchSharp.torch;

namespace SentimentFineTuning.Reviews;

/// <summary>Reviews side by side, padded to the longest of them.</summary>
internal sealed class ReviewBatch : IDisposable
{
    /// <summary>Large enough for its exponential to be exactly 0, small enough for half precision.</summary>
    private const float Masked = -30000;

    private ReviewBatch(Tensor tokenIds, Tensor mask, Tensor labels)
    {
        TokenIds = tokenIds;
        Mask = mask;
        Labels = labels;
    }

    /// <summary>Whole numbers [batch, sequence].</summary>
    internal Tensor TokenIds { get; }

    /// <summary>What is added to attention scores, [batch, 1, 1, sequence]: 0 for a token, a large negative number for padding.</summary>
    internal Tensor Mask { get; }

    /// <summary>1 for a positive review, else 0: [batch].</summary>
    internal Tensor Labels { get; }

    internal static ReviewBatch Of(IReadOnlyList<EncodedReview> reviews, int paddingId, Device device)
    {
        int length = reviews.Max(review => review.TokenIds.Length);
        long[] ids = new long[reviews.Count * length];
        float[] mask = new float[ids.Length];
        for (int row = 0; row < reviews.Count; row++)
        {
            int[] tokens = reviews[row].TokenIds;
            for (int column = 0; column < length; column++)
            {
                bool isToken = column < tokens.Length;
                ids[row * length + column] = isToken ? tokens[column] : paddingId;
                mask[row * length + column] = isToken ? 0 : Masked;
            }
        }
        return new ReviewBatch(
            tensor(ids, [reviews.Count, length], device: device),
            tensor(mask, [reviews.Count, 1, 1, length], device: device),
            tensor(reviews.Select(review => review.IsPositive ? 1L : 0L).ToArray(), [reviews.Count], device: device));
    }

    public void Dispose()
    {
        TokenIds.Dispose();
        Mask.Dispose();
        Labels.Dispose();
    }
}
