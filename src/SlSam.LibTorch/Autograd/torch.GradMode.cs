namespace TorchSharp;

public static partial class torch
{
    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static bool is_grad_enabled() => Native.slsam_grad_enabled() != 0;

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => Native.slsam_inference_mode() != 0;

    /// <summary>Records gradients, or does not, on this thread until it is disposed.</summary>
    private sealed class GradMode : IDisposable
    {
        private readonly int _before = Native.slsam_grad_enabled();

        public GradMode(bool enabled) => Native.slsam_set_grad_enabled(enabled ? 1 : 0);

        public void Dispose() => Native.slsam_set_grad_enabled(_before);
    }

    /// <summary>libtorch's inference mode on this thread until it is disposed.</summary>
    private sealed unsafe class InferenceMode(bool mode) : IDisposable
    {
        private nint _guard = (nint)Native.slsam_inference_mode_enter(mode ? 1 : 0);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _guard, 0) is var guard && guard != 0) Native.slsam_inference_mode_leave((void*)guard);
        }
    }
}
