using System.Runtime.InteropServices;

namespace SlSam;

/// <content>slsam_autocast.cpp: the calling thread's autocast.</content>
internal static unsafe partial class NativeCode
{
    [LibraryImport(Library)]
    public static partial byte* slsam_autocast_get(int device, int* enabled, int* type);

    [LibraryImport(Library)]
    public static partial byte* slsam_autocast_set(int device, int enabled, int type);

    [LibraryImport(Library)]
    public static partial int slsam_autocast_nest(int deeper);

    [LibraryImport(Library)]
    public static partial byte* slsam_autocast_forget();
}
