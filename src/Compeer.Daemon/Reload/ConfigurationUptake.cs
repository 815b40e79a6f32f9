using System.Collections.Immutable;
using System.Globalization;
using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Configuration.Text;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Daemon.Versions;
using Compeer.Peer;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Reload;

/// <summary>
/// Works by a configuration that was read and found good, and keeps it with those before it: the one place where the
/// configuration in force changes while the daemon runs. One caller at a time.
/// </summary>
internal sealed class ConfigurationUptake(
    PeerConfiguration first, VersionStore store, DaemonLoop loop, DaemonLog log, TimeProvider timeProvider) : IDisposable
{
    /// <summary>How long after a failure it is tried again to keep the configuration in force.</summary>
    public static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _ending = new();

    /// <summary>The one in force.</summary>
    public PeerConfiguration Current { get; private set; } = first;

    /// <summary>Takes up a configuration.</summary>
    /// <param name="loaded">It, without errors.</param>
    /// <param name="version">Its version; without a number when it is a change made here.</param>
    /// <param name="came">How it came here, in words.</param>
    /// <param name="started">When it began to be read, of the time provider.</param>
    /// <returns>What changed, in words, and what is to be said of it; null when nothing changed.</returns>
    public async Task<(string Summary, ImmutableArray<ApiDiagnostic> Warnings)?> TakeUpAsync(
        LoadedConfiguration loaded, ConfigurationVersion version, string came, long started)
    {
        var main = loaded.Main!;
        var next = new PeerConfiguration(main, loaded.Objects!, TimeZones.Of(main.TimeZone), version);
        var change = PeerChange.Prepare(Current, next);
        if (ReloadSummary.IsEmpty(change) && version.Number == 0)
        {
            return null;
        }

        var summary = ReloadSummary.Of(change);
        var prepared = timeProvider.GetElapsedTime(started);
        var taken = await loop.TakeUpAsync(change).ConfigureAwait(false);
        var before = Current.Version.Hash;
        Current = next;
        log.Information(string.Create(
            CultureInfo.InvariantCulture,
            $"configuration reloaded: {summary} (read in {prepared.TotalSeconds:0.000} s, taken up in {taken.TotalSeconds:0.000} s)"));
        await KeepAsync(loaded, before, came).ConfigureAwait(false);
        return (summary, [.. Warn(change)]);
    }

    /// <summary>The version by which the others know the one in force.</summary>
    public Task<ConfigurationVersion> VersionAsync() =>
        loop.ViewAsync((peer, _) => peer.ClusterSnapshot().Version, CancellationToken.None);

    /// <summary>Keeps the configuration in force, as the loop has numbered it.</summary>
    public async Task KeepAsync(LoadedConfiguration loaded, string before, string came)
    {
        var version = await VersionAsync().ConfigureAwait(false);
        store.InForce = loaded.Hash;
        store.Pushed.ForgetUnless(loaded.Hash);
        if (Keep(loaded, version.Hash == loaded.Hash ? version : ConfigurationVersion.Unnumbered(loaded.Hash), before, came)
            is { } problem)
        {
            log.Error(problem + "; it is tried again");
            _ = KeepLaterAsync(loaded, before, came, _ending.Token);
        }
    }

    /// <summary>Keeps a configuration, in force or not.</summary>
    /// <returns>Why it is not kept; null when it is.</returns>
    public string? Keep(LoadedConfiguration loaded, ConfigurationVersion version, string before, string came)
    {
        try
        {
            var kept = new StoredVersion
            {
                Number = version.Number,
                Hash = loaded.Hash,
                Origin = version.Origin,
                Before = before == loaded.Hash ? "" : before,
                KeptAt = timeProvider.GetUtcNow(),
                Came = came,
                Hosts = loaded.Objects?.Hosts.Length ?? 0,
                Services = loaded.Objects?.Services.Length ?? 0,
            };
            store.Keep(kept, loaded.Manifest!, loaded.Folder, loaded.ObjectFiles);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "this configuration cannot be kept, so that it cannot be given to other nodes or brought back: "
                + SystemError.Words(exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    /// <summary>Keeps the configuration in force when the disk takes it again, unless another is in force by then. It was read once:
    /// what the files say meanwhile does not count.</summary>
    private async Task KeepLaterAsync(LoadedConfiguration loaded, string before, string came, CancellationToken end)
    {
        try
        {
            while (true)
            {
                await Task.Delay(TryAgainAfter, timeProvider, end).ConfigureAwait(false);
                var version = await VersionAsync().ConfigureAwait(false);
                if (version.Hash != loaded.Hash)
                {
                    return;
                }

                if (Keep(loaded, version, before, came) is null)
                {
                    log.Information($"the configuration {version.Hash[..12]} is kept now");
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The daemon stops.
        }
    }

    /// <summary>Says what of the main configuration has no effect, or none before the next start.</summary>
    private IEnumerable<ApiDiagnostic> Warn(PeerChange change)
    {
        var warnings = new List<string>();
        string[] atStart = [.. ReloadSummary.NeedingRestart(change)];
        if (atStart.Length > 0)
        {
            warnings.Add($"changed, but taken up by a restart only (mon restart): {string.Join(", ", atStart)}");
        }

        var before = WithoutEffect.Of(change.Before.Main);
        warnings.AddRange(WithoutEffect.Of(change.After.Main).Except(before));

        warnings.ForEach(log.Warning);
        return warnings.Select(text => new ApiDiagnostic("warning", ConfigurationText.Readable(change.After.Main.Path), 0, text));
    }
}
