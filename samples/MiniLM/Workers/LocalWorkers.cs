using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using MiniLM.CommandLine;
using MiniLM.Terminal;

namespace MiniLM.Workers;

/// <summary>
/// Starts this program several times on this machine, as torchrun would: each process is told its place by environment variables. What rank 0 shows is shown;
/// when one fails, what it said last is shown, and the others are ended.
/// </summary>
public sealed class LocalWorkers(IDisplay display)
{
    private const string ChildVariable = "SLSAM_LOCAL_WORKER";
    private const int LinesShown = 15;

    /// <summary>How long the others have to end by themselves when one has failed, so that it is known which was the first.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>In a process that was started here: cancels when the one that started it asks for that, or is no more.</summary>
    public static void FollowParent(Interruption interruption)
    {
        ArgumentNullException.ThrowIfNull(interruption);
        if (Environment.GetEnvironmentVariable(ChildVariable) is null)
            return;
        var thread = new Thread(() =>
        {
            Console.In.ReadToEnd();
            interruption.Cancel();
        })
        { IsBackground = true };
        thread.Start();
    }

    /// <summary>This program, called with the given arguments.</summary>
    public static IReadOnlyList<string> ThisProgram(IEnumerable<string> arguments)
    {
        // Under `dotnet run`, or `dotnet program.dll`, the program is an argument of another.
        string program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [program, Assembly.GetEntryAssembly()!.Location, .. arguments]
            : [program, .. arguments];
    }

    /// <summary>Starts the workers and waits for them.</summary>
    /// <param name="count">How many.</param>
    /// <param name="command">A program and its arguments: <see cref="ThisProgram"/>.</param>
    /// <param name="cancellation">Asks the workers to stop after the step in progress.</param>
    /// <returns>The exit code: 0, or that of the worker that failed first.</returns>
    public async Task<int> RunAsync(int count, IReadOnlyList<string> command, CancellationToken cancellation)
    {
        var workers = new List<LocalWorker>();
        try
        {
            int port = FreePort();
            for (int rank = 0; rank < count; rank++)
                workers.Add(new LocalWorker(rank, Describe(rank, count, port, command)));
            using var stop = cancellation.Register(() => workers.ForEach(worker => worker.AskToStop()));
            var running = workers.Select(worker => worker.WaitAsync()).ToList();
            while (running.Count > 0)
            {
                var ended = await Task.WhenAny(running).ConfigureAwait(false);
                running.Remove(ended);
                if (await ended.ConfigureAwait(false) == 0)
                    continue;
                await Task.WhenAny(Task.WhenAll(running), Task.Delay(Grace, CancellationToken.None)).ConfigureAwait(false);
                var first = workers.Where(worker => worker.HasFailed).MinBy(worker => worker.ExitTime)!;
                if (first.Rank > 0 && !cancellation.IsCancellationRequested)
                    Report(first);
                return cancellation.IsCancellationRequested ? ExitCode.Interrupted : first.ExitCode;
            }
            return 0;
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    private static ProcessStartInfo Describe(int rank, int count, int port, IReadOnlyList<string> command)
    {
        bool isShown = rank == 0;
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = !isShown,
            RedirectStandardError = !isShown,
        };
        void Set(string name, string value) => start.Environment[name] = value;
        Set("RANK", rank.ToString(CultureInfo.InvariantCulture));
        Set("LOCAL_RANK", rank.ToString(CultureInfo.InvariantCulture));
        Set("WORLD_SIZE", count.ToString(CultureInfo.InvariantCulture));
        Set("MASTER_ADDR", "127.0.0.1");
        Set("MASTER_PORT", port.ToString(CultureInfo.InvariantCulture));
        Set(ChildVariable, "1");
        if (OperatingSystem.IsLinux())
            start.Environment.TryAdd("GLOO_SOCKET_IFNAME", "lo");
        start.Environment.TryAdd("OMP_NUM_THREADS", Math.Max(1, Environment.ProcessorCount / count).ToString(CultureInfo.InvariantCulture));
        return start;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Report(LocalWorker worker)
    {
        display.Say($"Worker {worker.Rank} was the first to fail, with exit code {worker.ExitCode}; the others are ended. What it said last:");
        foreach (string line in worker.LastLines(LinesShown))
            display.Say($"  {line}");
    }
}
