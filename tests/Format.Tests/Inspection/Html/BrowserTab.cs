using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lamina.Format.Tests.Inspection.Html;

/// <summary>A page in Chromium, by the browser's own protocol over the loopback interface.</summary>
internal sealed class BrowserTab : IAsyncDisposable
{
    private const string Listening = "DevTools listening on ";

    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _patience;
    private readonly List<JsonObject> _events = [];

    // A browser that could not write would wait.
    private Task _rest = Task.CompletedTask;
    private string? _session;
    private int _lastId;

    private BrowserTab(Process process, TimeSpan patience)
    {
        _process = process;
        _patience = new CancellationTokenSource(patience);
    }

    /// <summary>The addresses of everything that the page has asked for, the page among it.</summary>
    public IEnumerable<string> Requests =>
        Events("Network.requestWillBeSent").Select(static sent => (string)sent["request"]!["url"]!);

    /// <summary>What the browser had to say about the page: refused scripts, styles and requests.</summary>
    public IEnumerable<string> Complaints =>
        Events("Log.entryAdded").Select(static entry => (string)entry["entry"]!["text"]!);

    /// <summary>Opens <paramref name="address"/> in the browser <paramref name="process"/>, and ends it if that fails.</summary>
    public static async Task<BrowserTab> OpenAsync(Process process, string address, TimeSpan patience)
    {
        BrowserTab tab = new(process, patience);
        try
        {
            await tab.ConnectAsync();
            JsonNode target = await tab.SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
            JsonNode session = await tab.SendAsync(
                "Target.attachToTarget",
                new JsonObject { ["targetId"] = (string)target["targetId"]!, ["flatten"] = true });
            tab._session = (string)session["sessionId"]!;
            foreach (string domain in (string[])["Page", "Network", "Log"])
                await tab.SendAsync($"{domain}.enable");
            await tab.SendAsync("Page.navigate", new JsonObject { ["url"] = address });
            while (!tab.Events("Page.loadEventFired").Any())
                await tab.ReceiveAsync();
            return tab;
        }
        catch
        {
            await tab.DisposeAsync();
            throw;
        }
    }

    /// <summary>The value of a JavaScript expression; of a promise, what it comes to.</summary>
    public async Task<T> EvaluateAsync<T>(string expression)
    {
        JsonNode answer = await SendAsync(
            "Runtime.evaluate",
            new JsonObject { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
        Assert.True(answer["exceptionDetails"] is null, answer.ToJsonString());
        return answer["result"]!["value"].Deserialize<T>(JsonSerializerOptions.Web)!;
    }

    /// <summary>Sets what the reader prefers: <c>light</c> or <c>dark</c>.</summary>
    public Task PreferAsync(string scheme) => SendAsync(
        "Emulation.setEmulatedMedia",
        new JsonObject
        {
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
        });

    /// <summary>Sets the size of the window, in pixels of the page.</summary>
    public Task ResizeAsync(int width, int height) => SendAsync(
        "Emulation.setDeviceMetricsOverride",
        new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });

    /// <summary>Presses a key and lets it go.</summary>
    /// <param name="key">Its name, which is its code as well.</param>
    /// <param name="number">Its number.</param>
    /// <param name="text">What it types.</param>
    public async Task PressAsync(string key, int number, string text = "")
    {
        foreach (string type in (string[])["keyDown", "keyUp"])
        {
            JsonObject press = new() { ["type"] = type, ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = number };
            if (text.Length > 0)
                press["text"] = text;
            await SendAsync("Input.dispatchKeyEvent", press);
        }
    }

    /// <summary>A picture of what is seen, as PNG.</summary>
    public async Task<byte[]> DrawAsync()
    {
        JsonNode picture = await SendAsync("Page.captureScreenshot");
        return Convert.FromBase64String((string)picture["data"]!);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);

        // The folder of its profile can be removed only when it has ended.
        await _process.WaitForExitAsync();
        await _rest;
        _process.Dispose();
        _patience.Dispose();
    }

    private async Task ConnectAsync()
    {
        string? line;
        do
            line = await _process.StandardError.ReadLineAsync(_patience.Token) ?? throw new IOException("The browser has ended.");
        while (!line.StartsWith(Listening, StringComparison.Ordinal));
        _rest = Task.WhenAll(_process.StandardError.ReadToEndAsync(), _process.StandardOutput.ReadToEndAsync());
        await _socket.ConnectAsync(new Uri(line[Listening.Length..]), _patience.Token);
    }

    private async Task<JsonNode> SendAsync(string method, JsonObject? parameters = null)
    {
        int id = ++_lastId;
        JsonObject request = new() { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (_session is not null)
            request["sessionId"] = _session;
        await _socket.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(request), WebSocketMessageType.Text, endOfMessage: true, _patience.Token);
        while (true)
        {
            JsonObject message = await ReceiveAsync();
            if ((int?)message["id"] != id)
                continue;
            return message["result"] ?? throw new IOException(message.ToJsonString());
        }
    }

    /// <summary>The next message; an event is kept.</summary>
    private async Task<JsonObject> ReceiveAsync()
    {
        using MemoryStream text = new();
        byte[] buffer = new byte[64 << 10];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(), _patience.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                throw new IOException("The browser has ended.");
            text.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        JsonObject message = JsonNode.Parse(text.ToArray())!.AsObject();
        if (message["method"] is not null)
            _events.Add(message);
        return message;
    }

    private IEnumerable<JsonNode> Events(string method) =>
        _events.Where(message => (string?)message["method"] == method).Select(static message => message["params"]!);
}
