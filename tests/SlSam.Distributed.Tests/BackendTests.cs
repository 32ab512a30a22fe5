using SlSam.Distributed.Tests.Workplace;

namespace SlSam.Distributed.Tests;

/// <summary>What carries the tensors.</summary>
public sealed class BackendTests
{
    public BackendTests() => Backend.Require();

    [SkippableFact]
    public void A_process_without_a_GPU_of_its_own_is_refused_NCCL_before_it_waits_for_others()
    {
        using var folder = new TemporaryFolder();
        using var run = WorkerRun.StartAlone("env", [
            "RANK=0", "WORLD_SIZE=2", "LOCAL_RANK=63", "MASTER_ADDR=127.0.0.1", $"MASTER_PORT={WorkerRun.FreePort()}", .. WorkerRun.Program, "nccl", folder.Path]);

        var (exitCode, output) = run.Wait(0);
        Assert.NotEqual(0, exitCode);
        Assert.Contains(
            ProcessGroup.IsAvailable(ProcessGroupBackend.Nccl)
                ? "NCCL needs a GPU for each process, and this one, number 63 on its machine, has none"
                : "The library slsam_torch was compiled without Nccl: its headers, or libtorch's part for it, were not there.",
            output);
    }
}
