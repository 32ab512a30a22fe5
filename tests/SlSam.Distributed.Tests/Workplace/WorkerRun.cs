using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SlSam.Distributed.Tests.Workplace;

/// <summary>Programs that are started as torchrun starts workers, on this machine.</summary>
internal sealed class WorkerRun : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly List<Process> _processes = [];
    private readonly List<Task<string>> _outputs = [];

    private WorkerRun()
    {
    }

    /// <summary>How many there are.</summary>
    public int Count => _processes.Count;

    /// <summary>The assembly of the tests, which is also their worker.</summary>
    public static string[] Program { get; } = ["dotnet", "exec", typeof(WorkerRun).Assembly.Location];

    /// <summary>Starts a program in several processes.</summary>
    /// <param name="count">How many.</param>
    /// <param name="command">The program and its arguments.</param>
    public static WorkerRun Start(int count, params string[] command)
    {
        var run = new WorkerRun();
        var port = FreePort();
        for (var rank = 0; rank < count; rank++)
        {
            run.Start(command, new()
            {
                ["RANK"] = Text(rank),
                ["LOCAL_RANK"] = Text(rank),
                ["WORLD_SIZE"] = Text(count),
                ["MASTER_ADDR"] = "127.0.0.1",
                ["MASTER_PORT"] = Text(port),
            });
        }

        return run;
    }

    /// <summary>Starts a program in a process that is no worker itself.</summary>
    public static WorkerRun StartAlone(string program, params string[] arguments)
    {
        var run = new WorkerRun();
        run.Start([program, .. arguments], []);
        return run;
    }

    /// <summary>A port on which no one listens now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until a process ends.</summary>
    /// <returns>Its exit code and all that it has written.</returns>
    public (int ExitCode, string Output) Wait(int rank)
    {
        var process = _processes[rank];
        if (!process.WaitForExit(s_patience))
        {
            Dispose();
            throw new TimeoutException($"Rank {rank} does not end. It has written: {_outputs[rank].Result}");
        }

        return (process.ExitCode, _outputs[rank].Result);
    }

    /// <summary>Waits until all have ended, and requires that all have succeeded.</summary>
    public void MustSucceed()
    {
        for (var rank = 0; rank < Count; rank++)
        {
            var (exitCode, output) = Wait(rank);
            Assert.True(exitCode == 0, $"Rank {rank} ended with {exitCode}: {output}");
        }
    }

    /// <summary>Ends the input of a process.</summary>
    public void CloseInput(int rank) => _processes[rank].StandardInput.Close();

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Start(string[] command, Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GLOO_SOCKET_IFNAME"] = "lo";
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        start.Environment["DOTNET_ROLL_FORWARD"] = "Major";

        // For PyTorch's own programs: Debian's 2.6 asks for libuv, which it was built without.
        start.Environment["USE_LIBUV"] = "0";
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        _processes.Add(process);
        _outputs.Add(Task.Run(async () =>
        {
            var error = process.StandardError.ReadToEndAsync();
            return await process.StandardOutput.ReadToEndAsync() + await error;
        }));
    }
}
