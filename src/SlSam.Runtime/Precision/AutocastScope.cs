using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// Autocast on the calling thread, as PyTorch's <c>torch.autocast</c>: until the scope is disposed, matrix products and convolutions compute in a narrower
/// type, and operations that need more digits in float32. For evaluation and prediction; an optimizer's steps have <see cref="SharpnessOptions.MixedPrecision"/>.
/// </summary>
/// <remarks>
/// <c>using var autocast = new AutocastScope(AutocastType.BFloat16, x.device);</c> Scopes nest; with <see cref="AutocastType.Off"/> one takes a part of another
/// out. A weight may be cast only once until the outermost scope is left: change no weights within one, and run no backward pass.
/// </remarks>
public sealed class AutocastScope : IDisposable
{
    [ThreadStatic]
    private static AutocastScope? s_innermost;

    private readonly AutocastScope? _outer = s_innermost;
    private readonly int _device;
    private readonly int _typeBefore;
    private readonly int _enabledBefore;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private bool _disposed;

    /// <summary>Opens a scope on the calling thread.</summary>
    /// <param name="type">The type to compute in.</param>
    /// <param name="device">The device whose operations are cast; those on others are as they were.</param>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="type"/> is none of the enumeration's.</exception>
    /// <exception cref="NotSupportedException">This libtorch does not compute in the type on the device.</exception>
    /// <exception cref="DllNotFoundException">The library slsam_torch is missing; the message says how to get it.</exception>
    public unsafe AutocastScope(AutocastType type, Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        AutocastSupport.Require(Require.Defined(type), device);
        _device = (int)device.type;
        int enabled, before;
        NativeCode.Check(NativeCode.slsam_autocast_get(_device, &enabled, &before));
        (_enabledBefore, _typeBefore) = (enabled, before);
        NativeCode.Check(NativeCode.slsam_autocast_set(_device, type == AutocastType.Off ? 0 : 1, type == AutocastType.Off ? before : (int)AutocastSupport.ScalarTypeOf(type)));
        NativeCode.slsam_autocast_nest(1);
        s_innermost = this;
    }

    /// <summary>The scope that the calling thread is in; null outside of any.</summary>
    internal static AutocastScope? Innermost => s_innermost;

    /// <summary>Whether the native library is there, and this libtorch computes in a type on a device.</summary>
    /// <param name="type">The type to compute in.</param>
    /// <param name="device">The device.</param>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="type"/> is none of the enumeration's.</exception>
    public static bool IsAvailable(AutocastType type, Device device)
    {
        try
        {
            new AutocastScope(type, device).Dispose();
            return true;
        }
        catch (Exception e) when (e is DllNotFoundException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>Leaves the scope: autocast is again as it was before.</summary>
    /// <exception cref="InvalidOperationException">Another thread has opened the scope, or a scope inside it is still open. Nothing has changed.</exception>
    public unsafe void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        if (_thread != Environment.CurrentManagedThreadId)
        {
            throw new InvalidOperationException("An AutocastScope is disposed on the thread that opened it; an await inside a scope may go on elsewhere.");
        }

        if (s_innermost != this)
        {
            throw new InvalidOperationException("An AutocastScope is disposed while a scope that was opened inside it is still open; dispose that first.");
        }

        _disposed = true;
        s_innermost = _outer;
        if (NativeCode.slsam_autocast_nest(0) == 0)
        {
            NativeCode.Check(NativeCode.slsam_autocast_forget());
        }

        NativeCode.Check(NativeCode.slsam_autocast_set(_device, _enabledBefore, _typeBefore));
    }
}
