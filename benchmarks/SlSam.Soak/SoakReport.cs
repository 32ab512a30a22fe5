using System.Diagnostics;
using System.Globalization;
using SlSam.Runtime.Tests.Soak;

namespace SlSam.Soak;

/// <summary>Runs, and says what came of it.</summary>
internal static class SoakReport
{
    /// <returns>Whether all was as it should be.</returns>
    public static bool Run(int steps, int seed, TextWriter output)
    {
        var run = new SoakRun(seed);
        var memory = new MemoryTrack(steps);
        var time = Stopwatch.StartNew();
        var said = 0;
        try
        {
            run.Run(steps, () =>
            {
                memory.Look(run.Steps);
                if (run.Steps >= said + 1000)
                {
                    said = run.Steps / 1000 * 1000;
                    output.WriteLine(Say($"{said:N0} steps, {run.Faults:N0} faults"));
                }
            });
        }
        catch (InvalidOperationException error)
        {
            output.WriteLine(error.Message);
            output.WriteLine(Say($"See it again: --seed {seed} --steps {run.Steps + 1}"));
            return false;
        }

        output.WriteLine();
        output.WriteLine(Say($"{run.Steps:N0} good steps of {run.Models:N0} models, {run.Accumulated:N0} of them on micro-batches, {run.Autocast:N0} under autocast, in {time.Elapsed.TotalMinutes:F1} minutes"));
        output.WriteLine(Say($"{run.Faults:N0} faults; {run.Compared:N0} states compared, to the bit: none differs"));
        output.WriteLine($"no tensor was left behind; {memory}");
        output.WriteLine();
        output.WriteLine("| fault | times |");
        output.WriteLine("| --- | ---: |");
        foreach (var (fault, count) in run.Counts)
        {
            output.WriteLine(Say($"| {fault} | {count:N0} |"));
        }

        return memory.IsFlat;
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
