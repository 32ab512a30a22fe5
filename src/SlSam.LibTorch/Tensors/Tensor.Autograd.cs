namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_detach = new("aten::detach");
        private static readonly Operator s_detach_ = new("aten::detach_");

        /// <summary>The gradient that a backward pass left: a new tensor object each time, to be disposed; null if there is none.</summary>
        public unsafe Tensor? grad
        {
            get
            {
                void* handle;
                TorchSharp.Native.Check(TorchSharp.Native.slsam_tensor_grad(Native, &handle));
                GC.KeepAlive(this);
                return handle == null ? null : new Tensor((nint)handle);
            }
            set
            {
                TorchSharp.Native.Check(TorchSharp.Native.slsam_tensor_set_grad(Native, value is null ? null : value.Native));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        public unsafe bool requires_grad
        {
            get
            {
                var value = TorchSharp.Native.slsam_tensor_requires_grad(Native) != 0;
                GC.KeepAlive(this);
                return value;
            }
            set
            {
                TorchSharp.Native.Check(TorchSharp.Native.slsam_tensor_set_requires_grad(Native, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public unsafe void retain_grad()
        {
            TorchSharp.Native.Check(TorchSharp.Native.slsam_tensor_retain_grad(Native));
            GC.KeepAlive(this);
        }

        public void backward() => autograd.backward(this);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward(this, grad_tensors, retain_graph, create_graph, inputs);

        public Tensor detach() => s_detach.Call([this]);

        public Tensor detach_() => s_detach_.CallInPlace(this, [this]);
    }
}
