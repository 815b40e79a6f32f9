using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Cluster;

/// <summary>What an attack on the first node of a cluster must not change: its links, its checks, its memory.</summary>
internal sealed class ClusterHealth : IDisposable
{
    /// <summary>A daemon for a few objects needs far less altogether; most of it is the runtime.</summary>
    private const long MostResidentBytes = 400L << 20;

    private const long MostGrowth = 150L << 20;

    private const int MostDescriptorsMore = 20;

    private readonly MonitorCluster _cluster;
    private readonly MonitorNode[] _members;
    private readonly DateTimeOffset? _connectedSince;
    private readonly long _residentBytes;
    private readonly int _descriptors;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    private ClusterHealth(MonitorCluster cluster, MonitorNode[] members, DateTimeOffset? connectedSince)
    {
        _cluster = cluster;
        _members = members;
        _connectedSince = connectedSince;
        _residentBytes = ProcessTable.ResidentBytes(members[0].Pid);
        _descriptors = ProcessTable.Descriptors(members[0].Pid);
        _watching = WatchMemoryAsync(members[0].Pid);
    }

    /// <summary>The most memory that the first node had since then, in bytes.</summary>
    public long MostResident { get; private set; }

    /// <summary>Notes how the cluster is now and watches its first node's memory.</summary>
    public static async Task<ClusterHealth> WatchAsync(MonitorCluster cluster)
    {
        MonitorNode[] members = [.. cluster.Nodes.Take(2)];
        await cluster.WaitUntilAgreedAsync("before the attack", Limits.Agreement, members);
        await cluster[0].WaitUntilAnsweringAsync();
        return new ClusterHealth(cluster, members, (await cluster[0].NodeAsync(cluster[1].Name)).ConnectedSince);
    }

    /// <summary>The link of the first two nodes is the same, both go on checking, and the first one's memory is bounded.</summary>
    public async Task AssertGoodAsync(string phase)
    {
        var neighbour = await _cluster[0].NodeAsync(_cluster[1].Name);
        Assert.Equal(Api.NodeStateName.Active, neighbour.State);
        Assert.Equal(_connectedSince, neighbour.ConnectedSince);
        await _cluster.WaitUntilAgreedAsync(phase, Limits.Moment, _members);
        foreach (var node in _members)
        {
            var completed = (await node.StatusAsync()).ChecksCompleted;
            await Eventually.HoldsAsync(
                phase,
                $"{node.Name} goes on checking",
                Limits.Moment,
                async () => (await node.StatusAsync()).ChecksCompleted > completed + 3 ? null : "it does not",
                _members);
        }

        await Eventually.HoldsAsync(
            phase,
            "the descriptors are given back",
            Limits.Moment,
            () => ProcessTable.Descriptors(_cluster[0].Pid) is var now && now <= _descriptors + MostDescriptorsMore
                ? null
                : $"{now} are open, {_descriptors} were before",
            _members);
        var most = Math.Max(MostResident, ProcessTable.ResidentBytes(_cluster[0].Pid));
        Assert.True(
            most < MostResidentBytes && most < _residentBytes + MostGrowth,
            $"{phase}: {most >> 20} MiB resident, {_residentBytes >> 20} MiB before");
        _cluster[0].LogTexts.Where(line => line.Contains("engine loop ended", StringComparison.Ordinal)).ToList()
            .ForEach(line => Assert.Fail(line));
    }

    public void Dispose()
    {
        _stop.Cancel();
        _watching.GetAwaiter().GetResult();
        _stop.Dispose();
    }

    private async Task WatchMemoryAsync(int pid)
    {
        while (!_stop.IsCancellationRequested && ProcessTable.IsAlive(pid))
        {
            try
            {
                MostResident = Math.Max(MostResident, ProcessTable.ResidentBytes(pid));
                await Task.Delay(TimeSpan.FromMilliseconds(50), _stop.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException)
            {
                return;
            }
        }
    }
}
