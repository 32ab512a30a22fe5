using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SlSam.Distributed.Tests.Worker;
using SlSam.Distributed.Tests.Workplace;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Distributed.Tests;

/// <summary>PyTorch's DistributedDataParallel on the same weights and data, and its torchrun, which starts ours.</summary>
[Collection(SessionGroup.Name)]
public sealed class PyTorchTests(Session session) : IDisposable
{
    private static readonly Lazy<string?> s_python = new(() => new[] { "/usr/bin/python3", "python3" }.FirstOrDefault(HasGloo));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void DistributedDataParallel_comes_to_the_same_weights()
    {
        var python = Python();
        string[] names = [Trials.PlainName, Trials.OwnAscentName];
        File.WriteAllText(Path.Combine(_folder.Path, "task.json"), Task(count: 2));
        using var run = WorkerRun.Start(2, python, Path.Combine(AppContext.BaseDirectory, "Python", "ddp.py"), _folder.Path);
        run.MustSucceed();

        foreach (var name in names)
        {
            var theirs = JsonSerializer.Deserialize<double[]>(File.ReadAllText(Path.Combine(_folder.Path, $"{name}.json")))!;
            Close.Assert(theirs, session[2, name, 0]["weights"], 1e-12);
        }
    }

    [SkippableFact]
    public void Torchrun_starts_our_workers()
    {
        var python = Python();
        using var run = WorkerRun.StartAlone(python, [
            "-m", "torch.distributed.run", "--no_python", "--nproc_per_node=2", "--redirects=1", "--tee=1", $"--log_dir={_folder.Path}", $"--master_port={WorkerRun.FreePort()}",
            .. WorkerRun.Program, "one", _folder.Path, Trials.OwnAscentName]);
        var (exitCode, output) = run.Wait(0);
        Skip.If(output.Contains("use_libuv was requested", StringComparison.Ordinal), "This torchrun asks for libuv, which its PyTorch was built without.");
        Assert.True(exitCode == 0, output);

        for (var rank = 0; rank < 2; rank++)
        {
            Assert.Equal(session[2, Trials.OwnAscentName, rank].Numbers["weights"], new Findings(_folder.Path).Read(Trials.OwnAscentName, rank).Numbers["weights"]);
        }
    }

    private static string Python()
    {
        Backend.Require();
        Skip.If(s_python.Value is null, "There is no python3 with PyTorch and its Gloo.");
        return s_python.Value!;
    }

    private static bool HasGloo(string python)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", "import torch.distributed as d; assert d.is_available() and d.is_gloo_available()"])
            {
                RedirectStandardError = true,
            })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Initial weights, and every rank's parts of the batches.</summary>
    private static string Task(int count)
    {
        using var scope = NewDisposeScope();
        var trial = Trials.OfOwnAscent[Trials.OwnAscentName];
        manual_seed(1);
        using var model = trial.CreateModel();
        var shards = trial.Shards(count);
        return JsonSerializer.Serialize(new
        {
            parameters = model.named_parameters().ToDictionary(
                named => named.name, named => new { shape = named.parameter.shape, values = named.parameter.detach().reshape(-1).data<double>().ToArray() }),
            rho = trial.Options.Rho,
            parts = Enumerable.Range(0, count).Select(rank => Enumerable.Range(0, Trial.Steps).Select(step =>
            {
                var part = shards.Part(step, rank);
                return new { input = part.Input.reshape(-1).data<double>().ToArray(), target = part.Target.data<long>().ToArray() };
            })),
        });
    }
}
