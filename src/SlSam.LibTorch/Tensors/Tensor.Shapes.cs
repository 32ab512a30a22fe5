namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_numpy_T = new("aten::numpy_T");
        private static readonly Operator s_mT = new("aten::mT");
        private static readonly Operator s_nonzero_numpy = new("aten::nonzero_numpy");
        private static readonly Operator s_rot90 = new("aten::rot90");
        private static readonly Operator s__unique2 = new("aten::_unique2");
        private static readonly Operator s_unique_dim = new("aten::unique_dim");
        private static readonly Operator s_unique_consecutive = new("aten::unique_consecutive");

        public Tensor T => s_numpy_T.Call([this]);

        public Tensor mT => s_mT.Call([this]);

        public IList<Tensor> nonzero_as_list() => s_nonzero_numpy.CallMany([this]);

        public Tensor rot90(long k = 1, (long, long)? dims = null) => s_rot90.Call([this, k, (long[])[dims?.Item1 ?? 0, dims?.Item2 ?? 1]]);

        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            var (output, inverse, counts) = Three(dim is { } d
                ? s_unique_dim.CallMany([this, d, sorted, return_inverse, return_counts])
                : s__unique2.CallMany([this, sorted, return_inverse, return_counts]));
            return (output, Wanted(inverse, return_inverse), Wanted(counts, return_counts));
        }

        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            var (output, inverse, counts) = Three(s_unique_consecutive.CallMany([this, return_inverse, return_counts, (long?)dim]));
            return (output, Wanted(inverse, return_inverse), Wanted(counts, return_counts));
        }

        private static (Tensor, Tensor, Tensor) Three(Tensor[] tensors) => (tensors[0], tensors[1], tensors[2]);

        private static Tensor? Wanted(Tensor tensor, bool wanted)
        {
            if (wanted) return tensor;
            tensor?.Dispose();
            return null;
        }

        private static long[] FirstDimensions(long count) => Enumerable.Range(0, (int)count).Select(d => (long)d).ToArray();

        private static long[] LastDimensions(long dim, long count) => Enumerable.Range((int)(dim - count), (int)count).Select(d => (long)d).ToArray();

        /// <summary>The shape in which dimension <paramref name="dim"/> is spread over <paramref name="sizes"/>.</summary>
        private long[] Unflattened(long dim, long[] sizes)
        {
            var shape = size();
            var at = Wrap((int)dim);
            return [.. shape[..at], .. sizes, .. shape[(at + 1)..]];
        }
    }
}
