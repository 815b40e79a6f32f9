using Compeer.Daemon.Log;
using Compeer.Daemon.Sockets;

namespace Compeer.Tests.Daemon.Sockets;

/// <summary>There are only so many connections: which one makes room for one more.</summary>
public sealed class ServedConnectionsTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly MonitoringLog _log;
    private readonly ServedConnections<Client> _connections;

    public ServedConnectionsTests()
    {
        _log = MonitoringLog.Open(_folder.File("log"), _folder.File("no-syslog"));
        _connections = new ServedConnections<Client>(most: 2, "test", new DaemonLog(_log, TimeProvider.System));
    }

    [Fact]
    public void Add_OneTooMany_TakesThePlaceOfTheLongestIdle()
    {
        var recent = new Client(idleSince: 20);
        var silent = new Client(idleSince: 10);
        var more = new Client(idleSince: 30);
        Assert.Null(_connections.Add(recent, isRoom: true));
        Assert.Null(_connections.Add(silent, isRoom: true));
        Assert.Same(silent, _connections.Add(more, isRoom: true));
        Assert.True(silent.IsGone);
        Assert.False(recent.IsGone || more.IsGone);
        Assert.Equal(2, _connections.Count);
    }

    [Fact]
    public void Add_AllOthersAreAnswered_IsNotLetIn()
    {
        _connections.Add(new Client(idleSince: null), isRoom: true);
        _connections.Add(new Client(idleSince: null), isRoom: true);
        var more = new Client(idleSince: 30);
        Assert.Same(more, _connections.Add(more, isRoom: true));
        Assert.True(more.IsGone);
        Assert.Equal(2, _connections.Count);
    }

    [Fact]
    public void Add_ProcessHasNoRoom_TakesThePlaceOfAnother()
    {
        var silent = new Client(idleSince: 10);
        _connections.Add(silent, isRoom: true);
        Assert.Same(silent, _connections.Add(new Client(idleSince: 20), isRoom: false));
        Assert.Equal(1, _connections.Count);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _connections.DisposeAsync();
        _log.Dispose();
        _folder.Dispose();
    }

    private sealed class Client(long? idleSince) : IServedConnection
    {
        private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long? IdleSince => idleSince;

        public bool IsGone => _gone.Task.IsCompleted;

        public Task ServeAsync(CancellationToken stopping) => _gone.Task.WaitAsync(stopping);

        public void Dispose() => _gone.TrySetResult();
    }
}
