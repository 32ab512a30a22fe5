using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    public static unsafe string __version__ => Marshal.PtrToStringUTF8((nint)Native.slsam_version())!;

    public static int get_num_threads() => Native.slsam_get_num_threads();

    public static unsafe void set_num_threads(int num) => Native.Check(Native.slsam_set_num_threads(num));

    public static int get_num_interop_threads() => Native.slsam_get_num_interop_threads();

    public static unsafe void set_num_interop_threads(int num) => Native.Check(Native.slsam_set_num_interop_threads(num));

    /// <summary>Does nothing here: errors are thrown by the call that meets them.</summary>
    public static void CheckForErrors()
    {
    }
}
