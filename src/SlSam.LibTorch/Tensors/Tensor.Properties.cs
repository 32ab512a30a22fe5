using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public long Dimensions => dim();

        public long ndim => dim();

        public long NumberOfElements => numel();

        public long ElementSize => element_size();

        public unsafe ScalarType dtype
        {
            get
            {
                var value = (ScalarType)TorchSharp.Native.slsam_tensor_dtype(Native);
                GC.KeepAlive(this);
                return value;
            }
        }

        public unsafe DeviceType device_type
        {
            get
            {
                var value = (DeviceType)TorchSharp.Native.slsam_tensor_device_type(Native);
                GC.KeepAlive(this);
                return value;
            }
        }

        public unsafe int device_index
        {
            get
            {
                var value = TorchSharp.Native.slsam_tensor_device_index(Native);
                GC.KeepAlive(this);
                return value;
            }
        }

        public Device device => new(device_type, device_index);

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public unsafe bool is_leaf
        {
            get
            {
                var value = TorchSharp.Native.slsam_tensor_is_leaf(Native) != 0;
                GC.KeepAlive(this);
                return value;
            }
        }

        public unsafe bool is_sparse
        {
            get
            {
                var value = TorchSharp.Native.slsam_tensor_is_sparse(Native) != 0;
                GC.KeepAlive(this);
                return value;
            }
        }

        public long[] shape => size();

        /// <summary>The bytes of a contiguous tensor in the computer's main memory.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                var length = numel() * element_size();
                if (length > int.MaxValue) throw new NotImplementedException($"A Span cannot cover {length} bytes.");
                if (!is_contiguous()) throw new NotImplementedException("The bytes of a tensor that is not contiguous; call contiguous() first.");
                return new Span<byte>((void*)MainMemory, (int)length);
            }
            set
            {
                if (value.Length != numel() * element_size()) throw new ArgumentException($"Mismatched data sizes: the tensor has {numel() * element_size()} bytes, not {value.Length}.");
                value.CopyTo(bytes);
            }
        }

        /// <summary>The address of the first element of a tensor in main memory.</summary>
        internal unsafe nint MainMemory
        {
            get
            {
                void* data;
                if (device_type != DeviceType.CPU)
                    throw new InvalidOperationException($"Reading data from non-CPU memory is not supported. Move or copy the tensor from {device} to the cpu before reading.");
                TorchSharp.Native.Check(TorchSharp.Native.slsam_tensor_data(Native, &data));
                GC.KeepAlive(this);
                return (nint)data;
            }
        }

        public unsafe long dim()
        {
            var value = TorchSharp.Native.slsam_tensor_dim(Native);
            GC.KeepAlive(this);
            return value;
        }

        public unsafe long numel()
        {
            var value = TorchSharp.Native.slsam_tensor_numel(Native);
            GC.KeepAlive(this);
            return value;
        }

        public unsafe long element_size()
        {
            var value = TorchSharp.Native.slsam_tensor_element_size(Native);
            GC.KeepAlive(this);
            return value;
        }

        public unsafe bool is_contiguous()
        {
            var value = TorchSharp.Native.slsam_tensor_is_contiguous(Native) != 0;
            GC.KeepAlive(this);
            return value;
        }

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        public bool is_integral() => torch.is_integral(dtype);

        public unsafe long[] size()
        {
            long* sizes;
            TorchSharp.Native.Check(TorchSharp.Native.slsam_tensor_sizes(Native, &sizes));
            return Copy(sizes);
        }

        public unsafe long size(int dim)
        {
            long* sizes;
            TorchSharp.Native.Check(TorchSharp.Native.slsam_tensor_sizes(Native, &sizes));
            var value = sizes[Wrap(dim)];
            GC.KeepAlive(this);
            return value;
        }

        public unsafe long[] stride()
        {
            long* strides;
            TorchSharp.Native.Check(TorchSharp.Native.slsam_tensor_strides(Native, &strides));
            return Copy(strides);
        }

        public unsafe long stride(int dim)
        {
            long* strides;
            TorchSharp.Native.Check(TorchSharp.Native.slsam_tensor_strides(Native, &strides));
            var value = strides[Wrap(dim)];
            GC.KeepAlive(this);
            return value;
        }

        public unsafe long storage_offset()
        {
            long offset;
            TorchSharp.Native.Check(TorchSharp.Native.slsam_tensor_storage_offset(Native, &offset));
            GC.KeepAlive(this);
            return offset;
        }

        /// <summary>The elements of a tensor in main memory, in the order of its shape.</summary>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the .NET type of <see cref="dtype"/>.</exception>
        /// <exception cref="InvalidOperationException">The tensor is not in main memory.</exception>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            ElementTypes.Require(dtype, typeof(T));
            return new TensorAccessor<T>(this);
        }

        /// <summary>The value of a tensor that has exactly one element.</summary>
        /// <exception cref="ArgumentException">There are more elements or none, or <typeparamref name="T"/> is not the .NET type of <see cref="dtype"/>.</exception>
        /// <exception cref="InvalidOperationException">The tensor is not in main memory.</exception>
        public unsafe T item<T>() where T : unmanaged
        {
            if (numel() != 1) throw new ArgumentException($"Number of elements in the tensor must be 1, not {numel()}.");
            ElementTypes.Require(dtype, typeof(T));
            var value = *(T*)MainMemory;
            GC.KeepAlive(this);
            return value;
        }

        /// <summary>Another handle to the same tensor, to be disposed on its own.</summary>
        public unsafe Tensor alias()
        {
            var handle = (nint)TorchSharp.Native.slsam_tensor_alias(Native);
            GC.KeepAlive(this);
            return new Tensor(handle);
        }

        private int Wrap(int dim)
        {
            var dimensions = (int)this.dim();
            if (dim < -dimensions || dim >= dimensions)
                throw new ArgumentOutOfRangeException(nameof(dim), dim, $"A tensor of {dimensions} dimensions has dimensions {-dimensions} to {dimensions - 1}.");
            return dim < 0 ? dim + dimensions : dim;
        }

        private unsafe long[] Copy(long* values)
        {
            var copy = new ReadOnlySpan<long>(values, (int)dim()).ToArray();
            GC.KeepAlive(this);
            return copy;
        }
    }

    public static bool is_floating_point(ScalarType type) => type is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16;

    public static bool is_floating_point(Tensor input) => is_floating_point(input.dtype);

    public static bool is_complex(ScalarType type) => type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

    public static bool is_complex(Tensor input) => is_complex(input.dtype);

    public static bool is_integral(ScalarType type) => type is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 or ScalarType.Bool;

    public static bool is_integral(Tensor t) => is_integral(t.dtype);
}
