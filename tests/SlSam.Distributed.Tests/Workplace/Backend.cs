namespace SlSam.Distributed.Tests.Workplace;

/// <summary>Whether there is anything to test here.</summary>
internal static class Backend
{
    /// <summary>Skips a test where the native library has no Gloo.</summary>
    public static void Require() => Skip.IfNot(ProcessGroup.IsAvailable(ProcessGroupBackend.Gloo), "The native library is not there, or has no Gloo.");
}
