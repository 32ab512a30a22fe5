using System.Collections;
using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Shape, element type and device, as TorchSharp writes them; not the elements.</summary>
        public override string ToString() => IsInvalid ? "" : $"[{string.Join('x', size().Select(s => s.ToString(CultureInfo.InvariantCulture)))}], type = {dtype}, device = {device}";

        /// <summary>The elements as nested lists of scalars.</summary>
        public object tolist()
        {
            if (dim() == 0) return ToScalar();
            var list = new ArrayList();
            foreach (var element in unbind())
            {
                using (element) list.Add(element.tolist());
            }
            return list;
        }

        /// <summary>Whether the one element of the tensor is something else than zero.</summary>
        /// <exception cref="InvalidOperationException">The tensor has not exactly one element.</exception>
        public bool is_nonzero()
        {
            if (numel() != 1) throw new InvalidOperationException($"is_nonzero() called on a tensor of {numel()} elements; it takes one.");
            return this.ToBoolean();
        }
    }

    public static bool is_nonzero(Tensor input) => input.is_nonzero();

    public static long numel(Tensor input) => input.numel();

    public static bool is_tensor(object obj) => obj is Tensor;
}
