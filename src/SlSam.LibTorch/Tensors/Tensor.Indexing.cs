using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_index_Tensor = new("aten::index", "Tensor");
        private static readonly Operator s_index_put_ = new("aten::index_put_");
        private static readonly Operator s_slice_optional = new("aten::slice", "Tensor");

        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => index(Array.ConvertAll(indices, i => TensorIndex.Single(i)));
            set => index_put_(value, Array.ConvertAll(indices, i => TensorIndex.Single(i)));
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => index_put_(value, i1);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index(i1, i2);
            set => index_put_(value, i1, i2);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => index(i1, i2, i3);
            set => index_put_(value, i1, i2, i3);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index(i1, i2, i3, i4);
            set => index_put_(value, i1, i2, i3, i4);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5]
        {
            get => index(i1, i2, i3, i4, i5);
            set => index_put_(value, i1, i2, i3, i4, i5);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6]
        {
            get => index(i1, i2, i3, i4, i5, i6);
            set => index_put_(value, i1, i2, i3, i4, i5, i6);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            var view = ViewOf(indices, out var tensors);
            if (tensors.Count == 0) return view;
            using (view) return s_index_Tensor.Call([view, Argument.List(tensors)]);
        }

        public Tensor index(params Tensor[] indices) => index(Array.ConvertAll(indices, TensorIndex.Tensor));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            using var view = ViewOf(indices, out var tensors);
            if (tensors.Count > 0) s_index_put_.CallVoid([view, Argument.List(tensors), value, accumulate]);
            else if (accumulate) view.add_(value);
            else view.copy_(value);
            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) =>
            index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor), accumulate);

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var tensor = full([], value, dtype, device);
            return index_put_(tensor, indices);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor));

        /// <summary>Applies the numbers, ranges and new axes, and lists for each dimension of the result the tensor that indexes it, if any.</summary>
        private Tensor ViewOf(TensorIndex[] indices, out List<Tensor?> tensors)
        {
            tensors = [];
            var consumed = 0L;
            foreach (var index in indices)
            {
                consumed += index.What switch
                {
                    TensorIndex.Kind.Single or TensorIndex.Kind.Slice or TensorIndex.Kind.Null => 1,
                    TensorIndex.Kind.Tensor => index.Indices!.dtype is ScalarType.Bool or ScalarType.Byte ? index.Indices.dim() : 1,
                    _ => 0,
                };
            }
            if (consumed > dim()) throw new ArgumentException($"{consumed} indices for a tensor of {dim()} dimensions.", nameof(indices));

            var view = alias();
            var d = 0L;
            foreach (var index in indices)
            {
                switch (index.What)
                {
                    case TensorIndex.Kind.Single:
                        view = Replace(view, view.select(d, index.Start ?? 0));
                        break;
                    case TensorIndex.Kind.Slice:
                        view = Replace(view, s_slice_optional.Call([view, d, index.Start, index.Stop, index.Step ?? 1]));
                        d++;
                        break;
                    case TensorIndex.Kind.NewAxis:
                        view = Replace(view, view.unsqueeze(d));
                        d++;
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        d += dim() - consumed;
                        break;
                    case TensorIndex.Kind.Null:
                        d++;
                        break;
                    case TensorIndex.Kind.Bool:
                        view = Replace(view, view.unsqueeze(d));
                        Place(tensors, d++, index.Start != 0 ? zeros([1], int64, view.device) : zeros([0], int64, view.device));
                        break;
                    case TensorIndex.Kind.Tensor:
                        Place(tensors, d++, index.Indices!);
                        break;
                }
            }
            return view;

            static Tensor Replace(Tensor old, Tensor next)
            {
                old.Dispose();
                return next;
            }

            static void Place(List<Tensor?> tensors, long d, Tensor tensor)
            {
                while (tensors.Count < d) tensors.Add(null);
                tensors.Add(tensor);
            }
        }
    }
}
