namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            // libtorch has it since 2.0.
            private static readonly Operator? s_attention = Operator.IfExists("aten::scaled_dot_product_attention");

            /// <summary>softmax(Q K^T / sqrt(E) + mask) V.</summary>
            /// <param name="query">Q, of shape [.., L, E].</param>
            /// <param name="key">K, of shape [.., S, E].</param>
            /// <param name="value">V, of shape [.., S, Ev].</param>
            /// <param name="attn_mask">
            /// A mask that broadcasts to [.., L, S]: of type bool (true takes part) or floating-point (added to the scores); or null.
            /// </param>
            /// <param name="p">Probability of dropping an attention weight, in 0..1.</param>
            /// <param name="is_casual">Whether position i attends to positions up to i only; there must be no mask then.</param>
            /// <exception cref="ArgumentException">There is a mask and <paramref name="is_casual"/> is true.</exception>
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0, bool is_casual = false)
            {
                if (is_casual && attn_mask is not null)
                    throw new ArgumentException("There must be no attention mask when is_casual is true.", nameof(attn_mask));
                if (s_attention is not null) return s_attention.Call([query, key, value, attn_mask, p, is_casual]);

                using var scaledQuery = query.mul(1 / Math.Sqrt(query.size(-1)));
                using var transposedKey = key.transpose(-2, -1);
                using var scores = torch.matmul(scaledQuery, transposedKey);
                using var bias = is_casual ? CausalBias(scores) : AdditiveMask(attn_mask, scores);
                using var masked = bias is null ? null : scores.add(bias);
                using var weights = softmax(masked ?? scores, -1);
                using var kept = p > 0 ? dropout(weights, p) : null;
                return torch.matmul(kept ?? weights, value);
            }

            private static Tensor CausalBias(Tensor scores)
            {
                using var ones = torch.ones(scores.size(-2), scores.size(-1), ScalarType.Bool, scores.device);
                using var attended = ones.tril();
                return AdditiveMask(attended, scores)!;
            }

            private static Tensor? AdditiveMask(Tensor? mask, Tensor scores)
            {
                if (mask is null) return null;
                if (mask.dtype != ScalarType.Bool) return mask.alias();

                using var excluded = mask.logical_not();
                return torch.zeros(mask.shape, scores.dtype, scores.device).masked_fill_(excluded, double.NegativeInfinity);
            }
        }
    }
}
