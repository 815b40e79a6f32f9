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
    /// <param name="isConfirmed">Whether it is meant, even when most hosts are gone.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<ApiAnswer<ConfigurationReload>> ReloadAsync(bool isConfirmed, CancellationToken cancellation);

    /// <summary>The configurations that the daemon keeps, the newest first.</summary>
    public Task<ApiAnswer<ImmutableArray<KeptConfiguration>>> GetConfigurationsAsync(CancellationToken cancellation);

    /// <summary>What is different between two of them.</summary>
    /// <param name="from">The one: its number, or at least four digits of its hash.</param>
    /// <param name="to">The other; null for the one in force.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<ApiAnswer<ConfigurationDifference>> GetDifferenceAsync(string from, string? to, CancellationToken cancellation);

    /// <summary>Brings one of them back, and waits until it is taken up or refused.</summary>
    public Task<ApiAnswer<ConfigurationReload>> RestoreAsync(string version, CancellationToken cancellation);

    /// <summary>The version of the configuration in force.</summary>
    public Task<ApiAnswer<GivenVersion>> GetInForceAsync(CancellationToken cancellation);

    /// <summary>Makes the daemon take up what was staged for it, and waits until it is taken up or refused.</summary>
    /// <param name="from">The node that it comes from.</param>
    /// <param name="takesUp">False: it is only put in place, for the next restart or reload.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<ApiAnswer<ConfigurationReload>> TakePushedAsync(string from, bool takesUp, CancellationToken cancellation);

    /// <summary>Takes a <c>retention.dat</c> into the cluster.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="isDryRun">Whether it is only to be looked at what would be taken.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<ApiAnswer<RetentionImported>> ImportRetentionAsync(Stream file, bool isDryRun, CancellationToken cancellation);

    /// <summary>How the checks fare.</summary>
    /// <param name="overdue">For how long a check has to be due to be overdue, in whole seconds; null: until its result should be
    /// there.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<ApiAnswer<CheckFigures>> GetCheckFiguresAsync(TimeSpan? overdue, CancellationToken cancellation);

    /// <summary>Runs a check once, for its output.</summary>
    /// <param name="host">The host's name.</param>
    /// <param name="service">The service's description; null for the host itself.</param>
    /// <param name="node">The neighbour that is to run it; null for the node that checks the object.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<ApiAnswer<CheckTestResult>> TestCheckAsync(
        string host, string? service, string? node, CancellationToken cancellation);

    /// <summary>Hosts, in the order of names.</summary>
    public Task<ApiAnswer<ImmutableArray<CheckableStatus>>> GetHostsAsync(CheckableQuery query, CancellationToken cancellation);

    /// <summary>Services, in the order of hosts and descriptions.</summary>
    public Task<ApiAnswer<ImmutableArray<CheckableStatus>>> GetServicesAsync(
        CheckableQuery query, CancellationToken cancellation);
}
