using SentimentFineTuning.Tokenization;

namespace SentimentFineTuning.Reviews;

/// <summary>A review as the model sees it.</summary>
/// <param name="TokenIds">Its tokens, without padding.</param>
/// <param name="IsPositive">Its label.</param>
internal sealed record EncodedReview(int[] TokenIds, bool IsPositive)
{
    internal static List<EncodedReview> Encode(IEnumerable<Review> reviews, WordPieceTokenizer tokenizer, int maximumLength) =>
        reviews.Select(review => new EncodedReview(tokenizer.EncodeEnds(review.Text, maximumLength), review.IsPositive)).ToList();
}
