using SlSam.Distributed.Tests.Worker;
using SlSam.Distributed.Tests.Workplace;

namespace SlSam.Distributed.Tests;

/// <summary>Workers that end, or do not come.</summary>
public sealed class LostWorkerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LostWorkerTests() => Backend.Require();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData(2)]
    [InlineData(4)]
    public void The_death_of_one_in_the_middle_of_a_step_ends_it_for_all(int count)
    {
        using var run = WorkerRun.Start(count, [.. WorkerRun.Program, "death", _folder.Path, _folder.Path]);

        Assert.NotEqual(0, run.Wait(count - 1).ExitCode);
        for (var rank = 0; rank < count - 1; rank++)
        {
            var (exitCode, output) = run.Wait(rank);
            Assert.True(exitCode == 0, output);
            var finding = new Findings(_folder.Path).Read("Death", rank);
            Assert.StartsWith($"Rank {rank} of {count} could not ", finding.Texts["message"]);
            Assert.Contains("Another process has ended", finding.Texts["message"]);
            Assert.Contains("has lost the others in an earlier call", finding.Texts["again"]);

            // The weights are those before the step, which is the fourth, and the group says that it is broken.
            Assert.Equal([1.0, Death.FatalStep, 1.0], finding["same"]);
        }
    }

    [SkippableFact]
    public void After_a_death_the_run_resumes_from_the_checkpoint_of_rank_0_bit_for_bit()
    {
        using var other = new TemporaryFolder();
        using (var uninterrupted = WorkerRun.Start(2, [.. WorkerRun.Program, "life", other.Path, other.Path, "0"]))
        using (var death = WorkerRun.Start(2, [.. WorkerRun.Program, "death", _folder.Path, _folder.Path]))
        {
            uninterrupted.MustSucceed();
            death.Wait(0);
            death.Wait(1);
        }

        Assert.False(Directory.Exists(Path.Combine(_folder.Path, $"{Death.FatalStep + 1}")), "The step in which a rank died has a checkpoint.");
        using var resumed = WorkerRun.Start(2, [.. WorkerRun.Program, "life", _folder.Path, _folder.Path, $"{Death.FatalStep}"]);
        resumed.MustSucceed();

        var expected = new Findings(other.Path).Read("Life", 0);
        for (var rank = 0; rank < 2; rank++)
        {
            var actual = new Findings(_folder.Path).Read("Life", rank);
            Assert.Equal(expected.Numbers["weights"], actual.Numbers["weights"]);
            Assert.Equal(expected.Numbers["probabilities"], actual.Numbers["probabilities"]);
        }
    }

    [SkippableFact]
    public void A_worker_that_does_not_come_is_not_waited_for_longer_than_the_timeout()
    {
        using var run = WorkerRun.Start(2, [.. WorkerRun.Program, "silence", _folder.Path]);

        var (exitCode, output) = run.Wait(0);
        Assert.True(exitCode == 0, output);
        Assert.Contains("did not come to the same call within 5 s", new Findings(_folder.Path).Read("Silence", 0).Texts["message"]);
        run.CloseInput(1);
        run.Wait(1);
    }

    [SkippableFact]
    public void A_worker_that_never_starts_is_not_waited_for_longer_than_the_timeout()
    {
        using var run = WorkerRun.StartAlone("env", [
            "RANK=0", "WORLD_SIZE=2", "MASTER_ADDR=127.0.0.1", $"MASTER_PORT={WorkerRun.FreePort()}", .. WorkerRun.Program, "solitude", _folder.Path]);

        var (exitCode, output) = run.Wait(0);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("Rank 0 did not meet the other 1 of 2 processes at 127.0.0.1:", output);
    }
}
