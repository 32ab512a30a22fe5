namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_numpy_T = new("aten::numpy_T");
        private static readonly Operator s_mT = new("aten::mT");

        public Tensor T => s_numpy_T.Call([this]);

        public Tensor mT => s_mT.Call([this]);

        public IList<Tensor> nonzero_as_list() => s_nonzero_numpy.CallMany([this]);

        private static readonly Operator s_nonzero_numpy = new("aten::nonzero_numpy");

        /// <summary>The shape in which dimension <paramref name="dim"/> is spread over <paramref name="sizes"/>.</summary>
        private long[] Unflattened(long dim, long[] sizes)
        {
            var shape = size();
            var at = Wrap((int)dim);
            return [.. shape[..at], .. sizes, .. shape[(at + 1)..]];
        }
    }
}
