namespace TorchSharp;

public static partial class torch
{
    /// <summary>Derivatives of tensors by the graph that led to them.</summary>
    public static unsafe partial class autograd
    {
        public static void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            var outputs = Handles(tensors);
            var gradients = Handles(grad_tensors);
            var leaves = Handles(inputs);
            fixed (nint* o = outputs, g = gradients, l = leaves)
            {
                Native.Check(Native.slsam_backward((void**)o, outputs.Length, (void**)g, gradients.Length,
                    (retain_graph ?? create_graph) ? 1 : 0, create_graph ? 1 : 0, (void**)l, leaves.Length));
            }
            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        public static void backward(Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        /// <returns>One gradient for each input; an invalid tensor for an unused one, if <paramref name="allow_unused"/> says that there may be such.</returns>
        public static IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            var results = new nint[inputs.Count];
            var o = Handles(outputs);
            var i = Handles(inputs);
            var g = Handles(grad_outputs);
            fixed (nint* outs = o, ins = i, grads = g, into = results)
            {
                Native.Check(Native.slsam_grad((void**)outs, o.Length, (void**)ins, i.Length, (void**)grads, g.Length,
                    retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, (void**)into));
            }
            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return results.Select(handle => new Tensor(handle)).ToList();
        }

        public static AnomalyMode detect_anomaly(bool check_nan = true) => new(true, check_nan);

        public static AnomalyMode set_detect_anomaly(bool mode, bool check_nan = true) => new(mode, check_nan);

        private static nint[] Handles(IList<Tensor>? tensors)
        {
            if (tensors is null) return [];
            var handles = new nint[tensors.Count];
            for (var i = 0; i < handles.Length; i++) handles[i] = tensors[i]?.Handle ?? 0;
            return handles;
        }
    }
}
