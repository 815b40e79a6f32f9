using Compeer.Daemon.Configuration;
using Compeer.Daemon.Log;
using Compeer.Daemon.Platform;

namespace Compeer.Daemon.Livestatus;

/// <summary>Livestatus as a whole: its usual socket, and what the <c>broker_module</c> line asks for beside it. Follows another
/// configuration at once; open connections stay.</summary>
internal sealed class LivestatusServer : IAsyncDisposable
{
    private readonly LivestatusDesk _desk;
    private readonly LivestatusClients _clients;
    private readonly LivestatusListener _usual;
    private readonly string _certificateFile;
    private readonly DaemonLog _log;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LivestatusListener> _further = new(StringComparer.Ordinal);
    private readonly List<Task> _closing = [];
    private Task _following = Task.CompletedTask;

    private LivestatusServer(
        string path, string certificateFile, LivestatusOptions options, LivestatusDesk desk, DaemonLog log, TimeProvider timeProvider)
    {
        _desk = desk;
        _log = log;
        _certificateFile = certificateFile;
        _clients = new LivestatusClients(desk, log, timeProvider);
        _usual = LivestatusListener.OpenUnix(path, options.Backlog, _clients.TakeLocal, log);
        UsualPath = path;
    }

    private string UsualPath { get; }

    /// <summary>How many connections are open.</summary>
    public int Connections => _clients.Count;

    /// <summary>Opens all of it.</summary>
    /// <param name="path">The usual socket.</param>
    /// <param name="certificateFile">Where a certificate is made, should one be needed and none be given.</param>
    /// <param name="options">What the configuration asks for.</param>
    /// <param name="source">Where answers come from.</param>
    /// <param name="counters">What is counted.</param>
    /// <param name="log">Where faults are told.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <exception cref="StartupException">A socket cannot be made, an address cannot be used, a certificate cannot be read.</exception>
    public static async Task<LivestatusServer> OpenAsync(
        string path,
        string certificateFile,
        LivestatusOptions options,
        ILivestatusSource source,
        LivestatusCounters counters,
        DaemonLog log,
        TimeProvider timeProvider)
    {
        var desk = new LivestatusDesk(source, counters, log, timeProvider);
        LivestatusServer? server = null;
        try
        {
            server = new LivestatusServer(path, certificateFile, options, desk, log, timeProvider);
            server.Apply(options, problem => throw problem);
            return server;
        }
        catch
        {
            desk.Dispose();
            if (server is not null)
            {
                await server.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    /// <summary>Serves as another configuration asks, one after the other and soon: whoever calls waits for no disk. What cannot be opened
    /// is told in the log, and the rest is served.</summary>
    /// <param name="read">Reads what it asks for.</param>
    public void Follow(Func<LivestatusOptions> read)
    {
        lock (_lock)
        {
            _following = FollowAsync(_following, read);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _usual.DisposeAsync().ConfigureAwait(false);
        await _following.ConfigureAwait(false);
        Task[] closing;
        lock (_lock)
        {
            closing = [.. _closing, .. _further.Values.Select(listener => listener.DisposeAsync().AsTask())];
            _further.Clear();
        }

        await Task.WhenAll(closing).ConfigureAwait(false);
        await _clients.DisposeAsync().ConfigureAwait(false);
        _desk.Dispose();
    }

    private async Task FollowAsync(Task before, Func<LivestatusOptions> read)
    {
        await Task.Yield();
        await before.ConfigureAwait(false);
        try
        {
            Apply(read(), problem => _log.Error(problem.Message));
        }
        catch (Exception fault)
        {
            _log.Error($"livestatus is served as before, its options could not be taken up: {fault.Message}");
        }
    }

    private void Apply(LivestatusOptions options, Action<StartupException> failed)
    {
        _desk.Limits = options.Limits;
        _clients.Options = options;
        lock (_lock)
        {
            var wanted = Wanted(options);
            foreach (var gone in _further.Keys.Except(wanted.Keys).ToArray())
            {
                _further.Remove(gone, out var listener);
                _closing.Add(listener!.DisposeAsync().AsTask());
                _log.Information($"livestatus is no longer served at {gone}");
            }

            foreach ((var place, var open) in wanted)
            {
                if (_further.ContainsKey(place))
                {
                    continue;
                }

                try
                {
                    _further.Add(place, open());
                    _log.Information($"livestatus is served at {place}");
                }
                catch (StartupException problem)
                {
                    failed(problem);
                }
            }
        }
    }

    private Dictionary<string, Func<LivestatusListener>> Wanted(LivestatusOptions options)
    {
        var wanted = new Dictionary<string, Func<LivestatusListener>>(StringComparer.Ordinal);
        if (options.Socket is { } path && path != UsualPath)
        {
            wanted.Add(path, () => LivestatusListener.OpenUnix(path, options.Backlog, _clients.TakeLocal, _log));
        }

        if (options.Address is { } address)
        {
            var how = !options.IsEncrypted ? ""
                : options.CertificateFile is { } file ? $" with the certificate {file}" : " with a certificate of its own";
            wanted.Add($"{address}{how}", () =>
            {
                var certificate = options.IsEncrypted ? LivestatusCertificate.Load(options, _certificateFile) : null;
                return LivestatusListener.OpenTcp(
                    address, options.Backlog, (socket, isRoom) => _clients.TakeRemote(socket, isRoom, certificate), _log);
            });
        }

        return wanted;
    }
}
