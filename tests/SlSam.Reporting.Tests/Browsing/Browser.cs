using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SlSam.Reporting.Tests.Browsing;

/// <summary>A headless Chromium, spoken to by the DevTools protocol. One serves all tests of a class; they are skipped where there is none.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _calls = new();
    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("chromium-");
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _end = new();
    private Process? _process;
    private Task _reading = Task.CompletedTask;
    private int _last;

    /// <summary>Told of every event: its method, its session, and what it says.</summary>
    public event Action<string, string, JsonNode>? Happened;

    /// <summary>The command of this machine's browser; null where there is none.</summary>
    private static string? Command { get; } = s_names
        .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (Command is null || !HtmlReport.IsAvailable)
        {
            return;
        }

        var start = new ProcessStartInfo(Command) { RedirectStandardError = true };
        string[] arguments =
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--disable-background-networking",
            "--no-first-run", "--hide-scrollbars", "--remote-debugging-port=0", $"--user-data-dir={_profile.FullName}", "about:blank",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        const string Announcement = "DevTools listening on ";
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Announcement, StringComparison.Ordinal))
            {
                await _socket.ConnectAsync(new Uri(line[Announcement.Length..]), _end.Token);
                break;
            }
        }

        Assert.Equal(WebSocketState.Open, _socket.State);
        _reading = Task.WhenAll(ReadAsync(), _process.StandardError.ReadToEndAsync());
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            await _end.CancelAsync();
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            await _reading;
            _process.Dispose();
        }

        _socket.Dispose();
        _end.Dispose();
        DeleteProfile();
    }

    /// <summary>Opens a page that remembers nothing of others, and waits until it is loaded.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="width">The width of the window, in pixels.</param>
    /// <param name="dark">Whether the reader prefers dark colours.</param>
    public async Task<Page> OpenAsync(Uri address, int width = 1280, bool dark = false)
    {
        RequirePresent();
        var context = (await CallAsync("Target.createBrowserContext", new { }))["browserContextId"]!.ToString();
        var target = (await CallAsync("Target.createTarget", new { url = "about:blank", browserContextId = context }))["targetId"]!.ToString();
        var session = (await CallAsync("Target.attachToTarget", new { targetId = target, flatten = true }))["sessionId"]!.ToString();
        var page = new Page(this, session, context);
        await page.OpenAsync(address, width, dark);
        return page;
    }

    /// <summary>Skips the test where there is no browser or no report.</summary>
    public static void RequirePresent()
    {
        Skip.If(Command is null, $"None of {string.Join(", ", s_names)} is installed.");
        Skip.IfNot(HtmlReport.IsAvailable, "This build has no chart library: npm was missing, or could not reach its registry.");
    }

    /// <summary>Calls a method of the protocol.</summary>
    internal async Task<JsonNode> CallAsync(string method, object parameters, string? session = null)
    {
        var id = Interlocked.Increment(ref _last);
        var call = _calls[id] = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = JsonSerializer.SerializeToNode(parameters) };
        if (session is not null)
        {
            message["sessionId"] = session;
        }

        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, _end.Token);
        return await call.Task;
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer.AsMemory(), _end.Token);
                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                {
                    Handle(JsonNode.Parse(message.ToArray())!);
                    message.SetLength(0);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            foreach (var call in _calls.Values)
            {
                call.TrySetException(new InvalidOperationException("The browser has gone.", exception));
            }
        }
    }

    private void Handle(JsonNode message)
    {
        if (message["id"] is { } id)
        {
            _calls.TryRemove((int)id, out var call);
            if (message["error"] is { } error)
            {
                call!.SetException(new InvalidOperationException(error.ToJsonString()));
            }
            else
            {
                call!.SetResult(message["result"]!);
            }
        }
        else
        {
            Happened?.Invoke(message["method"]!.ToString(), message["sessionId"]?.ToString() ?? "", message["params"]!);
        }
    }

    /// <summary>The browser's processes may still be writing there.</summary>
    private void DeleteProfile()
    {
        try
        {
            _profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // It lies among the temporary files.
        }
    }
}
