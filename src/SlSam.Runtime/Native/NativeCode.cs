using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// What no TorchSharp can give: the C ABI of the native files in src/SlSam.LibTorch/native that need nothing but libtorch and handles of tensors. SlSam.LibTorch
/// compiles them into its own library. Beside TorchSharp they are the same library, compiled once against the libtorch that TorchSharp brings.
/// </summary>
/// <remarks>A function that returns <c>byte*</c> returns null, or the message of what went wrong, for <see cref="Check"/>.</remarks>
internal static unsafe partial class NativeCode
{
    private const string Library = "slsam_torch";

    static NativeCode() => NativeLibrary.SetDllImportResolver(typeof(NativeCode).Assembly, Load);

    /// <summary>Throws what TorchSharp throws when native code reports an error.</summary>
    public static void Check(byte* error)
    {
        if (error != null)
        {
            throw new ExternalException(Marshal.PtrToStringUTF8((nint)error));
        }
    }

    private static nint Load(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Library)
        {
            return 0;
        }

        // The library finds the libtorch that TorchSharp has loaded, so that must have happened.
        using var any = empty(0);
        try
        {
            return NativeLibrary.Load(name, assembly, searchPath);
        }
        catch (DllNotFoundException e)
        {
            throw new DllNotFoundException(
                "Autocast and training in several processes need the library slsam_torch beside the program. It is not there, or the libtorch that it was compiled against "
                + "is not the one in use. The package SlSam.LibTorch brings it. With TorchSharp's packages compile it yourself: unpack the libtorch of their version "
                + $"(here {__version__}), and run LIBTORCH=/path/to/libtorch sh compile.sh FOLDER_OF_THE_PROGRAM in the folder native of SlSam.LibTorch. ({e.Message})",
                e);
        }
    }
}
