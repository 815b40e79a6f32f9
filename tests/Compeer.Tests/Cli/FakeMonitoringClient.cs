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

    /// <summary>The configurations that are kept.</summary>
    public ApiAnswer<ImmutableArray<KeptConfiguration>> Configurations { get; set; } = new(NotRunning);

    /// <summary>The difference between any two of them.</summary>
    public ApiAnswer<ConfigurationDifference> Difference { get; set; } = new(NotRunning);

    /// <summary>What was asked for, in order.</summary>
    public List<string> Asked { get; } = [];

    public Task<ApiAnswer<ConfigurationReload>> ReloadAsync(bool isConfirmed, CancellationToken cancellation)
    {
        Asked.Add(isConfirmed ? "reload, confirmed" : "reload");
        return Task.FromResult(Configuration);
    }

    public Task<ApiAnswer<ImmutableArray<KeptConfiguration>>> GetConfigurationsAsync(CancellationToken cancellation) =>
        Task.FromResult(Configurations);

    public Task<ApiAnswer<ConfigurationDifference>> GetDifferenceAsync(string from, string? to, CancellationToken cancellation)
    {
        Asked.Add($"difference {from} {to}");
        return Task.FromResult(Difference);
    }

    /// <summary>What became of a file that was imported.</summary>
    public ApiAnswer<RetentionImported> Imported { get; set; } = new(NotRunning);

    public Task<ApiAnswer<RetentionImported>> ImportRetentionAsync(Stream file, bool isDryRun, CancellationToken cancellation)
    {
        using (file)
        {
            Asked.Add(isDryRun ? "import, dry run" : "import");
        }

        return Task.FromResult(Imported);
    }

    /// <summary>The version in force.</summary>
    public ApiAnswer<GivenVersion> InForce { get; set; } = new(NotRunning);

    public Task<ApiAnswer<GivenVersion>> GetInForceAsync(CancellationToken cancellation) => Task.FromResult(InForce);

    public Task<ApiAnswer<ConfigurationReload>> TakePushedAsync(string from, bool takesUp, CancellationToken cancellation)
    {
        Asked.Add($"take what {from} pushed{(takesUp ? "" : ", in place only")}");
        return Task.FromResult(Configuration);
    }

    public Task<ApiAnswer<ConfigurationReload>> RestoreAsync(string version, CancellationToken cancellation)
    {
        Asked.Add($"restore {version}");
        return Task.FromResult(Configuration);
    }

    /// <summary>How the checks fare.</summary>
    public ApiAnswer<CheckFigures> Figures { get; set; } = new(NotRunning);

    public Task<ApiAnswer<CheckFigures>> GetCheckFiguresAsync(TimeSpan? overdue, CancellationToken cancellation)
    {
        Asked.Add($"figures, overdue {(overdue is { } age ? $"{age.TotalSeconds:0}" : "by their limits")}");
        return Task.FromResult(Figures);
    }

    /// <summary>What comes of a check that is tested.</summary>
    public ApiAnswer<CheckTestResult> Tested { get; set; } = new(NotRunning);

    public Task<ApiAnswer<CheckTestResult>> TestCheckAsync(
        string host, string? service, string? node, CancellationToken cancellation)
    {
        Asked.Add($"test {host}|{service}|{node}");
        return Task.FromResult(Tested);
    }

    public Task<ApiAnswer<ImmutableArray<CheckableStatus>>> GetHostsAsync(
        CheckableQuery query, CancellationToken cancellation) =>
        Task.FromResult(new ApiAnswer<ImmutableArray<CheckableStatus>>(NotRunning));

    public Task<ApiAnswer<ImmutableArray<CheckableStatus>>> GetServicesAsync(
        CheckableQuery query, CancellationToken cancellation) =>
        Task.FromResult(new ApiAnswer<ImmutableArray<CheckableStatus>>(NotRunning));
}
