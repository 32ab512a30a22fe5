namespace SlSam.Distributed.Tests.Workplace;

/// <summary>Whether there is anything to test here.</summary>
internal static class Backend
{
    /// <summary>Skips a test where the native library has no Gloo.</summary>
    public static unsafe void Require()
    {
        string reason;
        try
        {
            reason = (NativeCode.slsam_distributed_backends() & (int)ProcessGroupBackend.Gloo) != 0
                ? ""
                : $"The native library has no Gloo: {System.Runtime.InteropServices.Marshal.PtrToStringUTF8((nint)NativeCode.slsam_distributed_missing())}";
        }
        catch (DllNotFoundException e)
        {
            reason = e.Message;
        }

        Skip.If(reason.Length > 0, reason);
    }
}
