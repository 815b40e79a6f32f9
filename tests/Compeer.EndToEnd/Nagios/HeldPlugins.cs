using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Nagios;

/// <summary>
/// Checks whose plugins ask the test for their result and wait for it: each is held until the test lets it go. An engine takes
/// results in the order in which the test gives them, however many checks it starts and whenever: nothing depends on
/// timing.
/// </summary>
internal sealed class HeldPlugins : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, Channel<StreamWriter>> _held = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<StreamWriter> _connections = [];
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _accepting;

    public HeldPlugins(TestFolder folder)
    {
        _listener.Start();
        var port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        Script = folder.Script(
            "held",
            $$"""
            exec 3<>/dev/tcp/127.0.0.1/{{port}} || exit 3
            echo "$1 $2${3:+;$3}" >&3
            read -r code text <&3 || exit 3
            echo "$text"
            exit "$code"
            """);
        _accepting = AcceptAsync();
    }

    /// <summary>The plugin; its arguments are the name of the engine, the host and the description of a service.</summary>
    public string Script { get; }

    /// <summary>Waits until this engine has started its next check of the object, and takes it.</summary>
    public async Task<StreamWriter> NextAsync(string engine, string name)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        limit.CancelAfter(Patience);
        try
        {
            return await Of(engine, name).Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!_ended.IsCancellationRequested)
        {
            throw new TimeoutException($"{engine} did not check {name} within {Patience}");
        }
    }

    /// <summary>Whether another check of the object runs beside the one that was taken: it never may.</summary>
    public bool IsAnotherHeld(string engine, string name) => Of(engine, name).Reader.TryPeek(out _);

    /// <summary>Lets all go. The engines must have ended, or they would see plugins that fail.</summary>
    public void Dispose()
    {
        _ended.Cancel();
        _listener.Dispose();
        _accepting.Wait(Patience);
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }

        _ended.Dispose();
    }

    private Channel<StreamWriter> Of(string engine, string name) =>
        _held.GetOrAdd($"{engine} {name}", _ => Channel.CreateUnbounded<StreamWriter>());

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_ended.Token);
                using var reader = new StreamReader(client.GetStream(), leaveOpen: true);
                if (await reader.ReadLineAsync(_ended.Token) is { } line && line.Split(' ') is [var engine, var name])
                {
                    var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
                    _connections.Add(writer);
                    Of(engine, name).Writer.TryWrite(writer);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
