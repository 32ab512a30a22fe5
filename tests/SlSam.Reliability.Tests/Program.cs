using System.Globalization;
using SlSam.Reliability.Tests.Killing;

namespace SlSam.Reliability.Tests;

/// <summary>The program beside the tests: what they kill, and the same tests for longer.</summary>
internal static class Program
{
    public static int Main(string[] arguments) => arguments switch
    {
        [SavingChild.Verb, var folder, var until] => SavingChild.Run(folder, Number(until)),
        ["kill", var count] => Kill((int)Number(count)),
        _ => Usage(),
    };

    private static int Kill(int count)
    {
        using var folder = new TemporaryFolder();
        using var reference = new Reference();
        var run = new KilledRun(folder.PathTo("run"), Environment.TickCount, reference);
        while (run.Kills < count)
        {
            run.Kill();
        }

        run.Finish(run.Step + 3);
        Console.WriteLine($"{run.Kills} kills, {run.InTheMiddle} in the middle of saving; {run.Step} steps, and nothing lost.");
        return 0;
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static int Usage()
    {
        Console.Error.WriteLine("Usage: kill COUNT");
        return 2;
    }
}
