using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace SlSam.Benchmarks.Memory;

/// <summary>What Linux, the C library and the GPU's driver tell about the memory that is in use.</summary>
internal static partial class ProcessMemory
{
    /// <summary>Whether this machine tells the peak.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && File.Exists("/proc/self/clear_refs");

    /// <summary>The bytes of this process that are in memory.</summary>
    public static long Resident => Read("VmRSS:");

    /// <summary>The most that <see cref="Resident"/> was since <see cref="ForgetPeak"/>.</summary>
    public static long Peak => Read("VmHWM:");

    /// <summary>The bytes that are allocated by malloc, by which libtorch allocates tensors on the CPU.</summary>
    public static long Allocated
    {
        get
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var information = MallocInformation();
            return (long)(information.InUse + information.Mapped);
        }
    }

    /// <summary>The bytes that are in use on the first GPU, by all processes.</summary>
    public static long OnGpu
    {
        get
        {
            string[] arguments = ["--id=0", "--query-gpu=memory.used", "--format=csv,noheader,nounits"];
            using var process = Process.Start(new ProcessStartInfo("nvidia-smi", arguments) { RedirectStandardOutput = true })!;
            return (1 << 20) * long.Parse(process.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
        }
    }

    public static void ForgetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    private static long Read(string field)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return 1024 * long.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    private static partial MallocFigures MallocInformation();

    /// <summary>The C library's mallinfo2.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct MallocFigures
    {
        public nuint Arena, FreeChunks, FastBins, MappedChunks, Mapped, MostInUse, FreeFastBins, InUse, Free, Releasable;
    }
}
