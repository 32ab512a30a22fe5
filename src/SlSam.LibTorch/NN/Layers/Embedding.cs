using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>A table of vectors, looked up by index.</summary>
    public sealed class Embedding : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private static readonly Operator s_embedding = new("aten::embedding");
        private static readonly Operator s_renormalize = new("aten::embedding_renorm_");

        private readonly EmbeddingOptions _options;
        private Parameter? _weight;

        internal Embedding(Parameter weight, EmbeddingOptions options) : base(nameof(Embedding))
        {
            _options = options;
            this.weight = weight;
        }

        /// <summary>The table, of shape [num_embeddings, embedding_dims].</summary>
        public Parameter? weight
        {
            get => _weight;
            set => SetParameter(ref _weight, nameof(weight), value);
        }

        /// <summary>The vectors at the given indices, of shape [.., embedding_dims].</summary>
        /// <param name="input">Indices in 0..num_embeddings-1, of an integer type and any shape.</param>
        public override torch.Tensor forward(torch.Tensor input)
        {
            if (_options.MaxNorm is { } maxNorm)
            {
                using var noGrad = torch.no_grad();
                s_renormalize.CallInPlace(_weight!, [_weight, input, maxNorm, _options.NormType]);
            }

            return s_embedding.Call([_weight, input, _options.PaddingIndex ?? -1, _options.ScaleGradientByFrequency, _options.Sparse]);
        }

        private protected override void SetComponent(string name, torch.Tensor replacement) => weight = (Parameter)replacement;
    }

    internal sealed record EmbeddingOptions(
        long? PaddingIndex, double? MaxNorm, double NormType, bool ScaleGradientByFrequency, bool Sparse)
    {
        /// <summary>The same with a padding index counted from 0.</summary>
        public EmbeddingOptions For(long rows)
        {
            if (PaddingIndex is not { } index) return this;
            if (index < -rows || index >= rows)
                throw new ArgumentOutOfRangeException(nameof(index), index, $"padding_idx must be in {-rows}..{rows - 1}.");
            return index < 0 ? this with { PaddingIndex = index + rows } : this;
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes a table of vectors with standard normal values.</summary>
            /// <param name="num_embeddings">How many vectors.</param>
            /// <param name="embedding_dims">Size of each.</param>
            /// <param name="padding_idx">Index of a vector that is zero and not learned, or null.</param>
            /// <param name="max_norm">Vectors looked up are scaled down to this norm, or null.</param>
            /// <param name="norm_type">The p of that norm.</param>
            /// <param name="scale_grad_by_freq">Whether gradients are divided by how often an index occurs in the batch.</param>
            /// <param name="sparse">Whether the gradient is a sparse tensor.</param>
            /// <param name="device">Where the table is.</param>
            /// <param name="dtype">Its element type.</param>
            public static Embedding Embedding(
                long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2,
                bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                var options = new EmbeddingOptions(padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse).For(num_embeddings);
                var weight = new Parameter(empty(num_embeddings, embedding_dims, dtype, device));
                init.normal_(weight);
                if (options.PaddingIndex is { } row)
                {
                    using var noGrad = no_grad();
                    using var padding = weight.select(0, row);
                    padding.zero_();
                }

                return new Embedding(weight, options);
            }

            /// <summary>Makes a table of given vectors.</summary>
            /// <param name="embeddings">The table, of shape [vectors, size].</param>
            /// <param name="freeze">Whether the table is not learned.</param>
            /// <param name="padding_idx">Index of a vector that is not learned, or null.</param>
            /// <param name="max_norm">Vectors looked up are scaled down to this norm, or null.</param>
            /// <param name="norm_type">The p of that norm.</param>
            /// <param name="scale_grad_by_freq">Whether gradients are divided by how often an index occurs in the batch.</param>
            /// <param name="sparse">Whether the gradient is a sparse tensor.</param>
            /// <param name="device">Where the table is to be.</param>
            /// <param name="dtype">Its element type.</param>
            public static Embedding Embedding_from_pretrained(
                Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null, double norm_type = 2,
                bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                var options = new EmbeddingOptions(padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse).For(embeddings.size(0));
                using var detached = embeddings.detach();
                var table = detached.to(dtype ?? embeddings.dtype, device ?? embeddings.device);
                if (ReferenceEquals(table, detached)) table = detached.alias();
                return new Embedding(new Parameter(table, requires_grad: !freeze), options);
            }
        }
    }
}
