using System.Collections.Immutable;

namespace Compeer.Api;

/// <summary>The questions that can be put to a daemon.</summary>
public interface IMonitoringClient
{
    /// <summary>What the daemon says of itself.</summary>
    public Task<ApiAnswer<DaemonStatus>> GetStatusAsync(CancellationToken cancellation);

    /// <summary>The cluster as the daemon sees it.</summary>
    public Task<ApiAnswer<NodesStatus>> GetNodesAsync(CancellationToken cancellation);

    /// <summary>Makes the daemon read merlin.conf again.</summary>
    public Task<ApiAnswer<NodesReload>> ReloadNodesAsync(CancellationToken cancellation);

    /// <summary>Makes the daemon read the whole configuration again, and waits until it is taken up or refused.</summary>
    public Task<ApiAnswer<ConfigurationReload>> ReloadAsync(CancellationToken cancellation);

    /// <summary>Hosts, in the order of names.</summary>
    public Task<ApiAnswer<ImmutableArray<CheckableStatus>>> GetHostsAsync(CheckableQuery query, CancellationToken cancellation);

    /// <summary>Services, in the order of hosts and descriptions.</summary>
    public Task<ApiAnswer<ImmutableArray<CheckableStatus>>> GetServicesAsync(
        CheckableQuery query, CancellationToken cancellation);
}
