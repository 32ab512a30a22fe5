using System.Globalization;

namespace SlSam.Reliability.Tests.Killing;

/// <summary>The process that is killed: it resumes from the newest checkpoint, and saves after every step and says so.</summary>
internal static class SavingChild
{
    public const string Verb = "save";

    public static int Run(string path, long until)
    {
        using var run = new SmallRun();
        var folder = new CheckpointFolder(path, keep: 2);
        run.Step = folder.Resume(run.Optimizer, run.Schedule)?.Step ?? 0;
        Console.WriteLine(run.Step.ToString(CultureInfo.InvariantCulture));
        while (run.Step < until)
        {
            run.Train();
            folder.Save(run.Optimizer, run.Step, run.Schedule);
            Console.WriteLine(run.Step.ToString(CultureInfo.InvariantCulture));
        }

        return 0;
    }
}
