namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_to_dtype = new("aten::to", "dtype");
        private static readonly Operator s_to_device = new("aten::to", "device");
        private static readonly Operator s_item = new("aten::item");
        private static readonly Operator s_resize_ = new("aten::resize_");
        private static readonly Operator s_equal = new("aten::equal");

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            DisposeAfter(s_to_dtype.Call([this, type, non_blocking, copy]), disposeAfter);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to_type(type, copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            DisposeAfter(s_to_device.Call([this, InitializeDevice(device), type, non_blocking, copy]), disposeAfter);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            DisposeAfter(s_to_device.Call([this, InitializeDevice(device), dtype, non_blocking, copy]), disposeAfter);

        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to(new Device(device), copy, disposeAfter, non_blocking);

        public Tensor to(Tensor other, bool non_blocking = false) => to(other.dtype, other.device, non_blocking: non_blocking);

        public Tensor type(ScalarType dtype) => to(dtype);

        public Tensor type(Func<Tensor, Tensor> typeFunc) => typeFunc(this);

        public Tensor cpu() => to(CPU);

        public Tensor cuda(Device? device = null, bool non_blocking = false)
        {
            if (device is not null && device.type != DeviceType.CUDA) throw new ArgumentException($"{device} is not a CUDA device.", nameof(device));
            return to(device ?? CUDA, non_blocking: non_blocking);
        }

        public Tensor @bool() => to_type(ScalarType.Bool);

        public Tensor @byte() => to_type(ScalarType.Byte);

        public Tensor @char() => to_type(ScalarType.Int8);

        public Tensor @short() => to_type(ScalarType.Int16);

        public Tensor @int() => to_type(ScalarType.Int32);

        public Tensor @long() => to_type(ScalarType.Int64);

        public Tensor half() => to_type(ScalarType.Float16);

        public Tensor bfloat16() => to_type(ScalarType.BFloat16);

        public Tensor @float() => to_type(ScalarType.Float32);

        public Tensor @double() => to_type(ScalarType.Float64);

        /// <summary>The value of a one-element tensor, wherever it lives; a tensor on a GPU is waited for.</summary>
        public Scalar ToScalar() => s_item.CallScalar([this]);

        public bool Equals(Tensor target) => target is not null && s_equal.CallBool([this, target]);

        private static Tensor As(Tensor tensor, ScalarType? type)
        {
            if (type is not { } wanted || tensor.dtype == wanted) return tensor;
            using (tensor) return tensor.to_type(wanted);
        }

        private static (Tensor, Tensor) As((Tensor, Tensor) tensors, ScalarType? type) => (As(tensors.Item1, type), As(tensors.Item2, type));

        /// <summary>Puts a result where the caller wants it, if it says so.</summary>
        private static Tensor Out(Tensor? target, Tensor result)
        {
            if (target is null) return result;
            using (result) return s_resize_.CallInPlace(target, [target, result.size()]).copy_(result);
        }

        private Tensor DisposeAfter(Tensor result, bool dispose)
        {
            if (dispose) Dispose();
            return result;
        }
    }
}
