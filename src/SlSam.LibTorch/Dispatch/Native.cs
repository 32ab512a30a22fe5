using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>The C ABI of native/slsam_torch.cpp. A function that returns <c>byte*</c> returns null, or the message of what went wrong.</summary>
internal static unsafe partial class Native
{
    private const string Library = "slsam_torch";

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Load);

    private static nint Load(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Library) return 0;
        try
        {
            return NativeLibrary.Load(name, assembly, searchPath);
        }
        catch (DllNotFoundException e)
        {
            throw new DllNotFoundException(
                "libslsam_torch.so, or the libtorch it was compiled against, could not be loaded. It is compiled by the build and lies beside TorchSharp.dll; "
                + $"build again if libtorch has moved. ({e.Message})", e);
        }
    }

    /// <summary>Throws what TorchSharp throws when native code reports an error.</summary>
    public static void Check(byte* error)
    {
        if (error != null) Throw(error);
    }

    [DoesNotReturn]
    private static void Throw(byte* error) => throw new ExternalException(Marshal.PtrToStringUTF8((nint)error));

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* slsam_operator(string name, string overload, void** op);
    [LibraryImport(Library)]
    public static partial byte* slsam_call(void* op, NativeValue* values, int n, void** tensor);
    [LibraryImport(Library)]
    public static partial byte* slsam_call_void(void* op, NativeValue* values, int n);
    [LibraryImport(Library)]
    public static partial byte* slsam_call_any(void* op, NativeValue* values, int n, NativeValue** results, long* count);

    [LibraryImport(Library)]
    public static partial void slsam_tensor_free(void* tensor);
    [LibraryImport(Library)]
    public static partial long slsam_live_handles();
    [LibraryImport(Library)]
    public static partial void* slsam_tensor_alias(void* tensor);
    [LibraryImport(Library)]
    public static partial long slsam_tensor_dim(void* tensor);
    [LibraryImport(Library)]
    public static partial long slsam_tensor_numel(void* tensor);
    [LibraryImport(Library)]
    public static partial int slsam_tensor_dtype(void* tensor);
    [LibraryImport(Library)]
    public static partial long slsam_tensor_element_size(void* tensor);
    [LibraryImport(Library)]
    public static partial int slsam_tensor_device_type(void* tensor);
    [LibraryImport(Library)]
    public static partial int slsam_tensor_device_index(void* tensor);
    [LibraryImport(Library)]
    public static partial int slsam_tensor_requires_grad(void* tensor);
    [LibraryImport(Library)]
    public static partial int slsam_tensor_is_leaf(void* tensor);
    [LibraryImport(Library)]
    public static partial int slsam_tensor_is_sparse(void* tensor);
    [LibraryImport(Library)]
    public static partial int slsam_tensor_is_contiguous(void* tensor);
    [LibraryImport(Library)]
    public static partial int slsam_tensor_is_same(void* left, void* right);
    [LibraryImport(Library)]
    public static partial byte* slsam_tensor_sizes(void* tensor, long** sizes);
    [LibraryImport(Library)]
    public static partial byte* slsam_tensor_strides(void* tensor, long** strides);
    [LibraryImport(Library)]
    public static partial byte* slsam_tensor_storage_offset(void* tensor, long* offset);
    [LibraryImport(Library)]
    public static partial byte* slsam_tensor_data(void* tensor, void** data);
    [LibraryImport(Library)]
    public static partial byte* slsam_tensor_wrap(void* data, long* sizes, long dim, int dtype, delegate* unmanaged<nint, void> release, nint owner, void** tensor);
    [LibraryImport(Library)]
    public static partial byte* slsam_tensor_copy(void* data, long bytes, long* sizes, long dim, int dtype, void** tensor);

    [LibraryImport(Library)]
    public static partial byte* slsam_tensor_set_requires_grad(void* tensor, int value);
    [LibraryImport(Library)]
    public static partial byte* slsam_tensor_grad(void* tensor, void** grad);
    [LibraryImport(Library)]
    public static partial byte* slsam_tensor_set_grad(void* tensor, void* grad);
    [LibraryImport(Library)]
    public static partial byte* slsam_tensor_retain_grad(void* tensor);
    [LibraryImport(Library)]
    public static partial byte* slsam_backward(void** tensors, long n, void** grads, long gradN, int retainGraph, int createGraph, void** inputs, long inputN);
    [LibraryImport(Library)]
    public static partial byte* slsam_grad(void** outputs, long n, void** inputs, long inputN, void** grads, long gradN, int retainGraph, int createGraph, int allowUnused, void** results);
    [LibraryImport(Library)]
    public static partial int slsam_grad_enabled();
    [LibraryImport(Library)]
    public static partial void slsam_set_grad_enabled(int enabled);
    [LibraryImport(Library)]
    public static partial int slsam_inference_mode();
    [LibraryImport(Library)]
    public static partial void* slsam_inference_mode_enter(int enabled);
    [LibraryImport(Library)]
    public static partial void slsam_inference_mode_leave(void* guard);
    [LibraryImport(Library)]
    public static partial int slsam_anomaly_enabled();
    [LibraryImport(Library)]
    public static partial int slsam_anomaly_check_nan();
    [LibraryImport(Library)]
    public static partial void slsam_set_anomaly(int enabled, int checkNan);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* slsam_script_compile(string source, void** unit);
    [LibraryImport(Library)]
    public static partial void slsam_script_free(void* unit);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* slsam_script_find(void* unit, string name, void** function);
    [LibraryImport(Library)]
    public static partial byte* slsam_script_call(void* function, NativeValue* values, int n, NativeValue** results, long* count);

    [LibraryImport(Library)]
    public static partial byte* slsam_generator_new(ulong seed, int deviceType, int deviceIndex, void** generator);
    [LibraryImport(Library)]
    public static partial byte* slsam_generator_default(int deviceType, int deviceIndex, void** generator);
    [LibraryImport(Library)]
    public static partial void slsam_generator_free(void* generator);
    [LibraryImport(Library)]
    public static partial byte* slsam_generator_get_state(void* generator, void** state);
    [LibraryImport(Library)]
    public static partial byte* slsam_generator_set_state(void* generator, void* state);
    [LibraryImport(Library)]
    public static partial byte* slsam_generator_set_seed(void* generator, ulong seed);
    [LibraryImport(Library)]
    public static partial ulong slsam_generator_current_seed(void* generator);
    [LibraryImport(Library)]
    public static partial byte* slsam_generator_seed(void* generator, ulong* seed);
    [LibraryImport(Library)]
    public static partial byte* slsam_manual_seed(ulong seed);

    [LibraryImport(Library)]
    public static partial byte* slsam_version();
    [LibraryImport(Library)]
    public static partial int slsam_get_num_threads();
    [LibraryImport(Library)]
    public static partial int slsam_get_num_interop_threads();
    [LibraryImport(Library)]
    public static partial byte* slsam_set_num_threads(int n);
    [LibraryImport(Library)]
    public static partial byte* slsam_set_num_interop_threads(int n);
    [LibraryImport(Library)]
    public static partial int slsam_cuda_available();
    [LibraryImport(Library)]
    public static partial int slsam_cudnn_available();
    [LibraryImport(Library)]
    public static partial int slsam_cuda_device_count();
    [LibraryImport(Library)]
    public static partial byte* slsam_cuda_synchronize(int device);
    [LibraryImport(Library)]
    public static partial byte* slsam_get_tf32(int cudnn, int* allowed);
    [LibraryImport(Library)]
    public static partial byte* slsam_set_tf32(int cudnn, int allowed);
}
