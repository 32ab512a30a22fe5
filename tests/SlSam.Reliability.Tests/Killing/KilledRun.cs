using System.Diagnostics;
using System.Globalization;

namespace SlSam.Reliability.Tests.Killing;

/// <summary>One run that is killed again and again while it saves, and goes on from its newest checkpoint each time.</summary>
internal sealed class KilledRun(string path, int seed, Reference reference, int mostSaves = 25)
{
    private readonly Random _random = new(seed);
    private readonly CheckpointFolder _folder = new(path);

    /// <summary>How often the run was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>How often that was in the middle of saving: something unfinished was left.</summary>
    public int InTheMiddle { get; private set; }

    /// <summary>The last step that a newest checkpoint was of.</summary>
    public long Step { get; private set; }

    /// <summary>Starts the process, kills it at random, and checks what it has left.</summary>
    public void Kill()
    {
        using var child = Start(int.MaxValue);
        var saves = _random.Next(mostSaves);
        var watch = Stopwatch.StartNew();
        var (said, interval) = (-1L, 0.0);
        for (var line = 0; line <= saves + 1; line++)
        {
            var before = watch.Elapsed.TotalSeconds;
            said = long.Parse(
                child.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The saving process has ended: {child.StandardError.ReadToEnd()}"),
                CultureInfo.InvariantCulture);
            interval = watch.Elapsed.TotalSeconds - before;
        }

        // Somewhere in the step and the save that follow; by the clock, since a sleep is far longer than either.
        var moment = watch.Elapsed.TotalSeconds + _random.NextDouble() * interval;
        while (watch.Elapsed.TotalSeconds < moment)
        {
            Thread.SpinWait(1);
        }

        child.Kill();
        child.WaitForExit();
        Kills++;
        InTheMiddle += Directory.EnumerateDirectories(path, "*.unfinished").Any() ? 1 : 0;
        Check(said);
    }

    /// <summary>Lets the run come to an end.</summary>
    public void Finish(long until)
    {
        using var child = Start(until);
        while (child.StandardOutput.ReadLine() is not null)
        {
        }

        child.WaitForExit();
        Assert.Equal(0, child.ExitCode);
        Check(until);
        Assert.Empty(Directory.EnumerateDirectories(path, "*.unfinished"));
    }

    private void Check(long said)
    {
        lock (reference)
        {
            Step = _folder.Steps[^1];
            Assert.True(Step >= said, $"The process said that step {said} was saved, but the newest checkpoint is of step {Step}.");
            Assert.Null(reference.Problem(_folder.PathTo(Step), Step));
        }
    }

    private Process Start(long until)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_TieredPGO"] = "0" },
        };
        foreach (var argument in new[] { "exec", typeof(Program).Assembly.Location, SavingChild.Verb, path, until.ToString(CultureInfo.InvariantCulture) })
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
