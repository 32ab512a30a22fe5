using MiniLM.Assets;
using MiniLM.Terminal;

namespace MiniLM.CommandLine;

/// <summary>How a program ends.</summary>
public static class ExitCode
{
    /// <summary>It has done what it was asked to do.</summary>
    public const int Succeeded = 0;

    /// <summary>Something went wrong, and it has said what.</summary>
    public const int Failed = 1;

    /// <summary>It was asked to stop.</summary>
    public const int Interrupted = 130;

    /// <summary>Does a program's work, and says in plain words what went wrong if something did.</summary>
    /// <param name="display">Where that is said.</param>
    /// <param name="withoutNetwork">What to do where there is no network; null for nothing.</param>
    /// <param name="work">Does it, and returns an exit code; where that says that it was interrupted, the work has said so.</param>
    /// <param name="cancellation">What the work is stopped by.</param>
    public static async Task<int> OfAsync(IDisplay display, string? withoutNetwork, Func<Task<int>> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(display);
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            int code = await work().ConfigureAwait(false);
            if (code == Interrupted || !cancellation.IsCancellationRequested)
                return code;
        }
        catch (OperationCanceledException)
        {
            // Said below, as it is where the work was complete all the same.
        }
        catch (AssetUnavailableException exception)
        {
            display.Say(exception.Message);
            if (withoutNetwork is not null)
                display.Say(withoutNetwork);
            return Failed;
        }
        catch (Exception exception)
            when (exception is InvalidDataException or ArgumentException or InvalidOperationException or NotSupportedException or DllNotFoundException
                or IOException or UnauthorizedAccessException)
        {
            display.Say($"Error: {exception.Message}");
            return Failed;
        }
        display.Say("Stopped on request.");
        return Interrupted;
    }
}
