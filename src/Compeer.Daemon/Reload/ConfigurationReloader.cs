using System.Collections.Immutable;
using System.Globalization;
using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Text;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Daemon.Nodes;
using Compeer.Peer;

namespace Compeer.Daemon.Reload;

/// <summary>
/// Takes up a changed configuration while the daemon runs. Reading, compiling and comparing happen outside of the loop, one
/// reload at a time; the loop only moves what it keeps to the new numbers. Any thread may ask.
/// </summary>
internal sealed class ConfigurationReloader(
    MonitorPaths paths,
    PeerConfiguration first,
    ImmutableArray<Diagnostic> firstFindings,
    NodeDirectory nodes,
    DaemonLoop loop,
    DaemonLog log,
    TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly ReloadFindings _findings = new(firstFindings);
    private PeerConfiguration _current = first;
    private Task _last = Task.CompletedTask;
    private Task<ConfigurationReload>? _next;

    /// <summary>Told when a reload begins (true) and when it is over, whatever came of it (false).</summary>
    public Action<bool> IsUnderWay { get; set; } = _ => { };

    /// <summary>
    /// Reads all files again and takes them up when they have no error. Whoever asks while a reload is under way gets one that
    /// begins after it, because the files may have changed since that one read them; all who ask meanwhile get the same.
    /// </summary>
    public Task<ConfigurationReload> ReloadAsync()
    {
        lock (_lock)
        {
            return _next ??= RunAfterAsync(_last);
        }
    }

    private async Task<ConfigurationReload> RunAfterAsync(Task before)
    {
        // Not on the caller's thread: it holds the lock, and may be that of a signal.
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            _last = _next!;
            _next = null;
        }

        IsUnderWay(true);

        try
        {
            var nodesApplied = nodes.Reload(out var findings);
            var reload = await ReloadObjectsAsync().ConfigureAwait(false);
            return reload with
            {
                NodesApplied = nodesApplied,
                Diagnostics = [.. findings.Select(DiagnosticOf), .. reload.Diagnostics],
            };
        }
        catch (OperationCanceledException)
        {
            const string Ending = "the daemon is stopping; the configuration is not taken up";
            log.Information(Ending);
            return new ConfigurationReload(Applied: false, NodesApplied: false, Ending, []);
        }
        catch (Exception exception)
        {
            // Whoever asked may not be there any more (a signal): the log has to have it.
            log.Error($"the reload failed: {exception}");
            throw;
        }
        finally
        {
            IsUnderWay(false);
        }
    }

    private async Task<ConfigurationReload> ReloadObjectsAsync()
    {
        var started = timeProvider.GetTimestamp();
        var loaded = ConfigurationLoader.Load(paths.FindMainConfiguration());
        (var shown, var rest) = _findings.Choose(loaded.Diagnostics, loaded.Warnings);
        ImmutableArray<ApiDiagnostic> diagnostics = [.. shown.Select(DiagnosticOf)];
        foreach (var finding in shown)
        {
            log.Information(finding.ToString());
        }

        if (rest.Length > 0)
        {
            log.Information(rest);
            diagnostics = diagnostics.Add(new ApiDiagnostic("warning", paths.FindMainConfiguration(), 0, rest));
        }

        if (loaded.Errors > 0)
        {
            return Refuse($"the configuration has {loaded.Errors} {(loaded.Errors == 1 ? "error" : "errors")}", diagnostics);
        }

        var main = loaded.Main!;
        var version = ConfigurationVersion.Unnumbered(loaded.Hash);
        var next = new PeerConfiguration(main, loaded.Objects!, TimeZones.Of(main.TimeZone), version);
        var change = PeerChange.Prepare(_current, next);
        if (ReloadSummary.IsEmpty(change))
        {
            log.Information("configuration reloaded: nothing changed");
            return new ConfigurationReload(Applied: true, NodesApplied: true, "nothing changed", diagnostics);
        }

        _findings.Follow(loaded.Diagnostics);
        var summary = ReloadSummary.Of(change);
        var prepared = timeProvider.GetElapsedTime(started);
        var taken = await loop.TakeUpAsync(change).ConfigureAwait(false);
        _current = next;
        log.Information(string.Create(
            CultureInfo.InvariantCulture,
            $"configuration reloaded: {summary} (read in {prepared.TotalSeconds:0.000} s, taken up in {taken.TotalSeconds:0.000} s)"));
        return new ConfigurationReload(
            Applied: true, NodesApplied: true, summary, [.. diagnostics, .. Warn(change)]);
    }

    private ConfigurationReload Refuse(string reason, ImmutableArray<ApiDiagnostic> diagnostics)
    {
        var refusal = $"{reason}; monitoring goes on with the one in force";
        log.Error(refusal);
        return new ConfigurationReload(Applied: false, NodesApplied: true, refusal, diagnostics);
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

        var before = WithoutEffect.Of(change.Before.Main, change.Before.Objects);
        warnings.AddRange(WithoutEffect.Of(change.After.Main, change.After.Objects).Except(before));

        warnings.ForEach(log.Warning);
        return warnings.Select(text => new ApiDiagnostic("warning", change.After.Main.Path, 0, text));
    }

    private static ApiDiagnostic DiagnosticOf(Diagnostic finding) => new(
        finding.Severity == DiagnosticSeverity.Error ? "error" : "warning",
        ConfigurationText.Readable(finding.Position.File),
        finding.Position.Line,
        ConfigurationText.Readable(finding.Message));
}
