namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator s_cosineSimilarity = new("aten::cosine_similarity");
            private static readonly Operator s_oneHot = new("aten::one_hot");

            /// <summary>Cosine of the angle between vectors along a dimension.</summary>
            /// <param name="x1">The first vectors.</param>
            /// <param name="x2">The second vectors, of a shape that broadcasts with the first.</param>
            /// <param name="dim">The dimension.</param>
            /// <param name="eps">The least product of norms to divide by.</param>
            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1E-08) =>
                s_cosineSimilarity.Call([x1, x2, dim, eps]);

            /// <summary>For each index a vector that is 1 there and 0 elsewhere.</summary>
            /// <param name="x">Indices from 0, of type int64.</param>
            /// <param name="num_classes">Size of the vectors, or -1 for one more than the largest index.</param>
            public static Tensor one_hot(Tensor x, long num_classes = -1) => s_oneHot.Call([x, num_classes]);
        }
    }
}
