using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace SlSam.Reporting.Tests.Browsing;

/// <summary>An open page, with everything that went wrong on it.</summary>
public sealed class Page(Browser browser, string session, string context) : IAsyncDisposable
{
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Exceptions, errors and warnings of the console and the log, dialogs, and requests for anything but the page itself.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>Loads an address and waits for it.</summary>
    internal async Task OpenAsync(Uri address, int width, bool dark)
    {
        browser.Happened += OnHappened;
        foreach (var domain in new[] { "Page", "Runtime", "Log", "Network" })
        {
            await CallAsync($"{domain}.enable", new { });
        }

        await ResizeAsync(width);
        await PreferAsync(dark);
        await CallAsync("Page.navigate", new { url = address.AbsoluteUri });
        await _loaded.Task;
    }

    /// <summary>Gives the window another width.</summary>
    public Task ResizeAsync(int width) => CallAsync(
        "Emulation.setDeviceMetricsOverride", new { width, height = 900, deviceScaleFactor = 2, mobile = width < 600 });

    /// <summary>Lets the reader prefer dark colours, or light ones.</summary>
    public Task PreferAsync(bool dark) => CallAsync(
        "Emulation.setEmulatedMedia", new { features = new[] { new { name = "prefers-color-scheme", value = dark ? "dark" : "light" } } });

    /// <summary>The value of an expression, which may be a promise.</summary>
    public async Task<JsonNode> EvaluateAsync(string expression)
    {
        var result = await CallAsync("Runtime.evaluate", new { expression, returnByValue = true, awaitPromise = true });
        Assert.True(result["exceptionDetails"] is null, result["exceptionDetails"]?.ToJsonString());
        return result["result"]!["value"] ?? JsonValue.Create("")!;
    }

    /// <summary>Waits until the page has drawn what was asked for.</summary>
    public Task SettleAsync() => EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");

    /// <summary>Presses a key that is no letter.</summary>
    public async Task PressAsync(string key, bool shift = false)
    {
        foreach (var type in new[] { "keyDown", "keyUp" })
        {
            await CallAsync("Input.dispatchKeyEvent", new { type, key, code = key, windowsVirtualKeyCode = key == "Tab" ? 9 : 0, modifiers = shift ? 8 : 0 });
        }
    }

    /// <summary>What assistive technology is told of the page.</summary>
    public async Task<JsonArray> AccessibilityAsync() => (await CallAsync("Accessibility.getFullAXTree", new { }))["nodes"]!.AsArray();

    /// <summary>Keeps a picture of the whole page in the folder that the environment variable SLSAM_SCREENSHOTS names.</summary>
    public async Task CaptureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("SLSAM_SCREENSHOTS") is not { Length: > 0 } folder)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        var picture = await CallAsync("Page.captureScreenshot", new { captureBeyondViewport = true, format = "png" });
        await File.WriteAllBytesAsync(Path.Combine(folder, $"{name}.png"), Convert.FromBase64String(picture["data"]!.ToString()));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        browser.Happened -= OnHappened;
        await browser.CallAsync("Target.disposeBrowserContext", new { browserContextId = context });
    }

    private Task<JsonNode> CallAsync(string method, object parameters) => browser.CallAsync(method, parameters, session);

    private void OnHappened(string method, string from, JsonNode what)
    {
        if (from != session)
        {
            return;
        }

        var complaint = method switch
        {
            "Runtime.exceptionThrown" => what["exceptionDetails"]!.ToJsonString(),
            "Runtime.consoleAPICalled" => what.ToJsonString(),
            "Log.entryAdded" => what["entry"]!.ToJsonString(),
            "Page.javascriptDialogOpening" => what.ToJsonString(),
            "Network.requestWillBeSent" when IsForeign(what["request"]!["url"]!.ToString()) => what["request"]!.ToJsonString(),
            _ => null,
        };
        if (complaint is not null)
        {
            Complaints.Enqueue(complaint);
        }

        if (method == "Page.loadEventFired")
        {
            _loaded.TrySetResult();
        }
    }

    private static bool IsForeign(string address) => !address.StartsWith("file:", StringComparison.Ordinal) && !address.StartsWith("blob:", StringComparison.Ordinal);
}
