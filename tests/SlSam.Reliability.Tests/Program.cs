using System.Diagnostics;
using System.Globalization;
using SlSam.Reliability.Tests.Fuzzing;
using SlSam.Reliability.Tests.Killing;

namespace SlSam.Reliability.Tests;

/// <summary>The program beside the tests: what they kill, and the same tests for longer.</summary>
internal static class Program
{
    private const int DefaultInputs = 1_000_000;

    public static int Main(string[] arguments) => arguments switch
    {
        [SavingChild.Verb, var folder, var until] => SavingChild.Run(folder, Number(until)),
        ["fuzz"] => Fuzz(DefaultInputs, seed: 1),
        ["fuzz", var count] => Fuzz(Number(count), seed: 1),
        ["fuzz", var count, var seed] => Fuzz(Number(count), (int)Number(seed)),
        ["kill", var count] => Kill((int)Number(count)),
        _ => Usage(),
    };

    private static int Fuzz(long count, int seed)
    {
        var watch = Stopwatch.StartNew();
        long inputs = 0;
        foreach (var name in FuzzTargets.Names)
        {
            using var target = FuzzTargets.Create(name);
            var run = new FuzzRun(target, seed);
            try
            {
                run.Run(count * target.Share / 100);
            }
            catch (FuzzFailure failure)
            {
                Console.Error.WriteLine(failure.Message);
                return 1;
            }

            inputs += run.Inputs;
            Console.WriteLine(run);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{inputs} inputs of seed {seed} in {watch.Elapsed.TotalSeconds:F0} s."));
        return 0;
    }

    private static int Kill(int count)
    {
        using var folder = new TemporaryFolder();
        using var reference = new Reference();
        var run = new KilledRun(folder.PathTo("run"), seed: 3, reference);
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
        Console.Error.WriteLine(
            """
            Usage: fuzz [COUNT [SEED]]   feed every reader with malformed input, 1,000,000 of seed 1 in all
                   kill COUNT            kill a training process that saves, so many times
            """);
        return 2;
    }
}
