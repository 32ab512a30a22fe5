using System.Diagnostics;

namespace MiniLM.Workers;

/// <summary>One of several processes of a run.</summary>
internal sealed class LocalWorker : IDisposable
{
    private readonly Process _process;
    private readonly Queue<string> _lines = new();

    internal LocalWorker(int rank, ProcessStartInfo start)
    {
        Rank = rank;
        _process = Process.Start(start)!;
        if (start.RedirectStandardOutput)
        {
            _process.OutputDataReceived += (_, line) => Keep(line.Data);
            _process.ErrorDataReceived += (_, line) => Keep(line.Data);
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }
    }

    internal int Rank { get; }

    /// <summary>Whether it has ended otherwise than it should.</summary>
    internal bool HasFailed => _process.HasExited && ExitCode != 0;

    internal int ExitCode => _process.ExitCode;

    internal DateTime ExitTime => _process.ExitTime;

    /// <summary>Waits until it ends.</summary>
    /// <returns>Its exit code.</returns>
    internal async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        return _process.ExitCode;
    }

    /// <summary>Lets it end after the step in progress.</summary>
    internal void AskToStop()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already.
        }
    }

    /// <summary>What it has written last.</summary>
    internal IReadOnlyList<string> LastLines(int count)
    {
        lock (_lines)
            return [.. _lines.TakeLast(count)];
    }

    /// <summary>Ends it at once if it still runs.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > 100)
                _lines.Dequeue();
        }
    }
}
