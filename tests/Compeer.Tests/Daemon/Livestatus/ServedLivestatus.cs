using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Livestatus;
using Compeer.Daemon.Log;
using Compeer.Livestatus.Scope;
using Compeer.Tests.Livestatus;

namespace Compeer.Tests.Daemon.Livestatus;

/// <summary>Livestatus on real sockets, before an engine without a daemon.</summary>
internal sealed class ServedLivestatus : ILivestatusSource, IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly MonitoringLog _log;
    private readonly LivestatusSite _site = ManyServices.Site(seed: 1);
    private readonly Lock _lock = new();

    private ServedLivestatus() => _log = MonitoringLog.Open(_folder.File("naemon.log"), _folder.File("no-syslog"));

    public LivestatusServer Server { get; private set; } = null!;

    public string Path => _folder.File("live");

    public string Folder => _folder.Path;

    public string LogText => string.Join('\n', File.ReadAllLines(_folder.File("naemon.log")));

    public static async Task<ServedLivestatus> OpenAsync(LivestatusOptions options)
    {
        var served = new ServedLivestatus();
        try
        {
            served.Server = await LivestatusServer.OpenAsync(
                served.Path,
                served._folder.File("made/livestatus.pem"),
                options,
                served,
                new LivestatusCounters(),
                new DaemonLog(served._log, TimeProvider.System),
                TimeProvider.System);
            return served;
        }
        catch
        {
            served._log.Dispose();
            served._folder.Dispose();
            throw;
        }
    }

    public Task<LivestatusMoment> TakeAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_site.Moment());
        }
    }

    public Task<string?> CommandAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public void RotateLog() => Rotations++;

    /// <summary>How often a new log file was asked for.</summary>
    public int Rotations { get; private set; }

    /// <summary>A connection that said something.</summary>
    public async Task<Socket> ConnectAsync(string request)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await Task.Run(() => socket.Connect(new UnixDomainSocketEndPoint(Path)));
        await socket.SendAsync(Encoding.ASCII.GetBytes(request));
        return socket;
    }

    /// <summary>The answer to a request of a client that stops sending behind it.</summary>
    public async Task<string> AskAsync(string request)
    {
        using var socket = await ConnectAsync(request);
        await using var stream = new NetworkStream(socket);
        socket.Shutdown(SocketShutdown.Send);
        return await ReadToEndAsync(stream);
    }

    /// <summary>All that is answered.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="sends">Something is sent to it still, so that it may end by a reset behind the answer.</param>
    public static async Task<string> ReadToEndAsync(Stream stream, bool sends = false)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, limit.Token);
        }
        catch (IOException e) when (sends && e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            // All that was answered has been read.
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    public static async Task WaitForAsync(Func<bool> condition, string what)
    {
        var began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, what);
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _log.Dispose();
        _folder.Dispose();
    }
}
