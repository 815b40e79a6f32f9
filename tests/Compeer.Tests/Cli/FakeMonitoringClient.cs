using System.Collections.Immutable;
using Compeer.Api;

namespace Compeer.Tests.Cli;

/// <summary>A daemon's answers as the test sets them; without any, nothing runs.</summary>
internal sealed class FakeMonitoringClient : IMonitoringClient
{
    private static readonly ApiError NotRunning = new(ApiErrorKind.NotRunning, "mond is not running (no answer at SOCKET)");

    public ApiAnswer<DaemonStatus> Status { get; set; } = new(NotRunning);

    public ApiAnswer<NodesStatus> Nodes { get; set; } = new(NotRunning);

    public ApiAnswer<NodesReload> Reload { get; set; } = new(NotRunning);

    public ApiAnswer<ConfigurationReload> Configuration { get; set; } = new(NotRunning);

    public int Reloads { get; private set; }

    public Task<ApiAnswer<DaemonStatus>> GetStatusAsync(CancellationToken cancellation) => Task.FromResult(Status);

    public Task<ApiAnswer<NodesStatus>> GetNodesAsync(CancellationToken cancellation) => Task.FromResult(Nodes);

    public Task<ApiAnswer<NodesReload>> ReloadNodesAsync(CancellationToken cancellation)
    {
        Reloads++;
        return Task.FromResult(Reload);
    }

    public Task<ApiAnswer<ConfigurationReload>> ReloadAsync(CancellationToken cancellation) => Task.FromResult(Configuration);

    public Task<ApiAnswer<ImmutableArray<CheckableStatus>>> GetHostsAsync(
        CheckableQuery query, CancellationToken cancellation) =>
        Task.FromResult(new ApiAnswer<ImmutableArray<CheckableStatus>>(NotRunning));

    public Task<ApiAnswer<ImmutableArray<CheckableStatus>>> GetServicesAsync(
        CheckableQuery query, CancellationToken cancellation) =>
        Task.FromResult(new ApiAnswer<ImmutableArray<CheckableStatus>>(NotRunning));
}
