using System.Diagnostics;
using SlSam.Benchmarks.Model;
using static TorchSharp.torch;

namespace SlSam.Benchmarks.Timing;

/// <summary>Times work on a device, which may go on after a call has returned.</summary>
internal static class Clock
{
    public static double Seconds(EncoderShape shape, Action work)
    {
        Wait(shape);
        var start = Stopwatch.GetTimestamp();
        work();
        Wait(shape);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Wait(EncoderShape shape)
    {
        if (shape.IsCuda)
            cuda.synchronize();
    }
}
