namespace SlSam.Reliability.Tests.Killing;

public sealed class KillTests
{
    private const int Kills = 100;

    /// <summary>Two runs side by side, to keep two cores busy with starting processes.</summary>
    [Fact]
    public async Task A_run_that_is_killed_at_any_moment_goes_on_as_if_it_had_not_been()
    {
        using var folder = new TemporaryFolder();
        using var reference = new Reference();
        var runs = new[] { 1, 2 }.Select(seed => new KilledRun(folder.PathTo($"{seed}"), seed, reference)).ToArray();

        await Task.WhenAll(runs.Select(run => Task.Run(() =>
        {
            while (run.Kills < Kills / 2)
            {
                run.Kill();
            }

            run.Finish(run.Step + 3);
        })));

        Assert.Equal(Kills, runs.Sum(run => run.Kills));
        Assert.True(runs.Sum(run => run.InTheMiddle) >= Kills / 50, "Hardly a kill has hit a process in the middle of saving.");
    }
}
