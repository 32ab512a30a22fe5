namespace TorchSharp;

/// <summary>
/// Moves modules between devices and converts their element type. Parameters become new objects, so optimizers are made afterwards.
/// </summary>
public static class ModuleExtensionMethods
{
    /// <summary>Converts the floating-point parameters and buffers.</summary>
    /// <param name="module">The module.</param>
    /// <param name="type">The target element type, floating-point or complex.</param>
    /// <param name="non_blocking">Whether copies may be asynchronous.</param>
    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module =>
        (T)module._to(type, non_blocking);

    /// <summary>Moves and converts the parameters and buffers.</summary>
    /// <param name="module">The module.</param>
    /// <param name="device">The target device.</param>
    /// <param name="type">The target element type, floating-point or complex.</param>
    /// <param name="non_blocking">Whether copies from pinned memory may be asynchronous.</param>
    public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module =>
        (T)module._to(device, type, non_blocking);

    /// <summary>Moves the parameters and buffers.</summary>
    /// <param name="module">The module.</param>
    /// <param name="deviceType">The type of the target device.</param>
    /// <param name="deviceIndex">The index of the target device, or -1 for the current one.</param>
    /// <param name="non_blocking">Whether copies from pinned memory may be asynchronous.</param>
    public static T to<T>(
        this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false) where T : torch.nn.Module =>
        (T)module._to(deviceType, deviceIndex, non_blocking);

    /// <summary>Moves the parameters and buffers.</summary>
    /// <param name="module">The module.</param>
    /// <param name="device">The target device.</param>
    /// <param name="non_blocking">Whether copies from pinned memory may be asynchronous.</param>
    public static T to<T>(this T module, torch.Device device, bool non_blocking = false) where T : torch.nn.Module =>
        (T)module._to(device.type, device.index, non_blocking);

    /// <summary>Moves the parameters and buffers.</summary>
    /// <param name="module">The module.</param>
    /// <param name="device">The target device, such as "cpu" or "cuda:0".</param>
    /// <param name="non_blocking">Whether copies from pinned memory may be asynchronous.</param>
    public static T to<T>(this T module, string device, bool non_blocking = false) where T : torch.nn.Module =>
        module.to(new torch.Device(device), non_blocking);

    /// <summary>Moves and converts the parameters and buffers to the device and element type of a tensor.</summary>
    /// <param name="module">The module.</param>
    /// <param name="other">The tensor.</param>
    /// <param name="non_blocking">Whether copies from pinned memory may be asynchronous.</param>
    public static T to<T>(this T module, torch.Tensor other, bool non_blocking = false) where T : torch.nn.Module =>
        (T)module._to(other.device, other.dtype, non_blocking);

    /// <summary>Moves the parameters and buffers to the processor's memory.</summary>
    /// <param name="module">The module.</param>
    /// <param name="non_blocking">Whether copies may be asynchronous.</param>
    public static T cpu<T>(this T module, bool non_blocking = false) where T : torch.nn.Module =>
        (T)module._to(DeviceType.CPU, -1, non_blocking);

    /// <summary>Moves the parameters and buffers to a GPU.</summary>
    /// <param name="module">The module.</param>
    /// <param name="deviceIndex">The index of the GPU, or -1 for the current one.</param>
    /// <param name="non_blocking">Whether copies from pinned memory may be asynchronous.</param>
    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false) where T : torch.nn.Module =>
        (T)module._to(DeviceType.CUDA, deviceIndex, non_blocking);

    /// <summary>Converts the floating-point parameters and buffers to float16.</summary>
    /// <param name="module">The module.</param>
    /// <param name="non_blocking">Whether copies may be asynchronous.</param>
    public static T half<T>(this T module, bool non_blocking = false) where T : torch.nn.Module =>
        module.to(torch.ScalarType.Float16, non_blocking);

    /// <summary>Converts the floating-point parameters and buffers to bfloat16.</summary>
    /// <param name="module">The module.</param>
    /// <param name="non_blocking">Whether copies may be asynchronous.</param>
    public static T bfloat16<T>(this T module, bool non_blocking = false) where T : torch.nn.Module =>
        module.to(torch.ScalarType.BFloat16, non_blocking);

    /// <summary>Converts the floating-point parameters and buffers to float32.</summary>
    /// <param name="module">The module.</param>
    /// <param name="non_blocking">Whether copies may be asynchronous.</param>
    public static T @float<T>(this T module, bool non_blocking = false) where T : torch.nn.Module =>
        module.to(torch.ScalarType.Float32, non_blocking);

    /// <summary>Converts the floating-point parameters and buffers to float64.</summary>
    /// <param name="module">The module.</param>
    /// <param name="non_blocking">Whether copies may be asynchronous.</param>
    public static T @double<T>(this T module, bool non_blocking = false) where T : torch.nn.Module =>
        module.to(torch.ScalarType.Float64, non_blocking);
}
