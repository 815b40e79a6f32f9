using System.Collections.Immutable;
using System.Globalization;
using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Text;
using Compeer.Configuration.Versions;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Log;
using Compeer.Daemon.Nodes;
using Compeer.Daemon.Versions;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Reload;

/// <summary>
/// Takes up a changed configuration while the daemon runs: what is in the files now, what another node sent, or what is kept here.
/// Reading, compiling and comparing happen outside of the loop, one reload at a time; the loop only moves what it keeps to the
/// new numbers. Any thread may ask.
/// </summary>
/// <param name="mainFile">The main configuration; asked for each time, as it may have another name meanwhile.</param>
/// <param name="firstFindings">The findings of the start.</param>
/// <param name="nodes">Is read again, too.</param>
/// <param name="uptake">Works by what was read.</param>
/// <param name="store">What is kept here.</param>
/// <param name="log">Says how it goes.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class ConfigurationReloader(
    Func<string> mainFile,
    ImmutableArray<Diagnostic> firstFindings,
    NodeDirectory nodes,
    ConfigurationUptake uptake,
    VersionStore store,
    DaemonLog log,
    TimeProvider timeProvider) : IConfigurationTaker
{
    private readonly Lock _lock = new();
    private readonly ReloadFindings _findings = new(firstFindings);
    private Task _last = Task.CompletedTask;
    private Task<ConfigurationReload>? _next;

    /// <summary>Why the files here are not what is in force, since somebody last asked for them to be taken up: one line; empty when
    /// they are.</summary>
    public string NotTakenUp { get; private set; } = "";

    /// <summary>Told when a reload begins (true) and when it is over, whatever came of it (false).</summary>
    public Action<bool> IsUnderWay { get; set; } = _ => { };

    /// <summary>
    /// Reads all files again and takes them up when they have no error. Whoever asks while a reload is under way gets one that
    /// begins after it, because the files may have changed since that one read them; all who ask meanwhile get the same.
    /// </summary>
    /// <param name="isConfirmed">Whether it is meant when most hosts are gone.</param>
    public Task<ConfigurationReload> ReloadAsync(bool isConfirmed)
    {
        lock (_lock)
        {
            return isConfirmed ? EnqueueAsync(() => TellingAsync(() => ReloadAllAsync(isConfirmed))) : _next ??= EnqueueAsync(() =>
            {
                lock (_lock)
                {
                    _next = null;
                }

                return TellingAsync(() => ReloadAllAsync(isConfirmed));
            });
        }
    }

    /// <summary>Keeps the configuration of the start, before anything else is taken up.</summary>
    public void KeepFirst(LoadedConfiguration loaded, string before)
    {
        lock (_lock)
        {
            EnqueueAsync(async () =>
            {
                await uptake.KeepAsync(loaded, before, "there at the start").ConfigureAwait(false);
                return new ConfigurationReload(Applied: true, NodesApplied: true, "", []);
            });
        }
    }

    /// <summary>Brings back a configuration that is kept here, as a change made here.</summary>
    public Task<ConfigurationReload> RestoreAsync(StoredVersion kept)
    {
        lock (_lock)
        {
            return EnqueueAsync(async () =>
            {
                if (store.ManifestOf(kept.Hash) is not { } manifest)
                {
                    return Refuse($"configuration {kept.Hash[..12]} is not kept here as a whole any more", []);
                }

                return await TellingAsync(() => InstallAsync(
                    manifest,
                    ConfigurationVersion.Unnumbered(kept.Hash),
                    $"brought back, as it was when it was {kept.Number}",
                    isPushed: false,
                    takesUp: true)).ConfigureAwait(false);
            });
        }
    }

    /// <summary>Takes up what another node pushed, which somebody decided there: also when it is of another history.</summary>
    /// <param name="staged">It; its files are kept here.</param>
    /// <param name="came">How it came here, in words.</param>
    /// <param name="takesUp">False: it is only put in place, for the next reload or restart.</param>
    public Task<ConfigurationReload> TakePushedAsync(StagedConfiguration staged, string came, bool takesUp)
    {
        lock (_lock)
        {
            return EnqueueAsync(() => TellingAsync(async () =>
            {
                var version = staged.AsTakenUpAfter(await uptake.VersionAsync().ConfigureAwait(false));
                return await InstallAsync(staged.Manifest, version, came, isPushed: true, takesUp).ConfigureAwait(false);
            }));
        }
    }

    /// <inheritdoc/>
    public async Task<string> TakeUpAsync(ConfigurationManifest manifest, ConfigurationVersion version, string came)
    {
        Task<ConfigurationReload> install;
        lock (_lock)
        {
            install = EnqueueAsync(() => TellingAsync(() => FollowAsync(manifest, version, came)));
        }

        var reload = await install.ConfigureAwait(false);
        return reload.Applied ? "" : FirstError(reload) ?? reload.Summary;
    }

    /// <summary>Takes up the part of its configuration that a master sends: in place of all that this node, a poller, reads.</summary>
    /// <param name="objects">The one object file.</param>
    /// <param name="master">Who sends it.</param>
    /// <returns>Why it is not taken up; empty when it is.</returns>
    public async Task<string> TakePartAsync(ReadOnlyMemory<byte> objects, string master)
    {
        try
        {
            if (StagedConfiguration.OfMaster(objects, mainFile(), store.Content, out var problem) is not { } staged)
            {
                return problem;
            }

            var reload = await TakePushedAsync(staged, $"sent by {master}", takesUp: true).ConfigureAwait(false);
            return reload.Applied ? "" : FirstError(reload) ?? reload.Summary;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return SystemError.Words(exception);
        }
    }

    private static string? FirstError(ConfigurationReload reload) =>
        reload.Diagnostics.FirstOrDefault(finding => finding.Severity == "error") is { } error
            ? $"{error.File}:{error.Line}: {error.Message}"
            : null;

    private string WhyNot(ConfigurationReload reload)
    {
        var time = timeProvider.GetLocalNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return $"the files here were not taken up at {time}: {FirstError(reload) ?? reload.Summary}";
    }

    /// <summary>Does something after everything that was asked for before.</summary>
    private Task<ConfigurationReload> EnqueueAsync(Func<Task<ConfigurationReload>> work)
    {
        var task = RunAfterAsync(_last, work);
        _last = task;
        return task;
    }

    private async Task<ConfigurationReload> RunAfterAsync(Task before, Func<Task<ConfigurationReload>> work)
    {
        // Not on the caller's thread: it holds the lock, and may be that of a signal.
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            return await work().ConfigureAwait(false);
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
    }

    private async Task<ConfigurationReload> TellingAsync(Func<Task<ConfigurationReload>> work)
    {
        IsUnderWay(true);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            IsUnderWay(false);
        }
    }

    private async Task<ConfigurationReload> ReloadAllAsync(bool isConfirmed)
    {
        var nodesApplied = nodes.Reload(out var findings);
        var reload = await ReloadObjectsAsync(isConfirmed).ConfigureAwait(false);
        NotTakenUp = reload.Applied ? "" : WhyNot(reload);
        return reload with
        {
            NodesApplied = nodesApplied,
            Diagnostics = [.. findings.Select(DiagnosticOf), .. reload.Diagnostics],
        };
    }

    private async Task<ConfigurationReload> ReloadObjectsAsync(bool isConfirmed)
    {
        var started = timeProvider.GetTimestamp();
        var file = mainFile();
        Finish(new ConfigurationInstaller(file, store));
        var loaded = ConfigurationLoader.Load(file);
        var diagnostics = Tell(loaded, file);
        if (loaded.Errors > 0)
        {
            return Refuse($"the configuration has {loaded.Errors} {(loaded.Errors == 1 ? "error" : "errors")}", diagnostics);
        }

        var current = await uptake.VersionAsync().ConfigureAwait(false);
        var pushed = store.Pushed.Of(loaded.Hash, current);
        if (!isConfirmed && pushed is null && HostLoss.Between(uptake.Current.Objects.Hosts, loaded.Objects!.Hosts) is { Length: > 0 } lost)
        {
            KeepAside(loaded, "not taken up: to be confirmed");
            return Refuse(lost, diagnostics);
        }

        _findings.Follow(loaded.Diagnostics);
        var taken = await uptake.TakeUpAsync(
            loaded,
            pushed ?? ConfigurationVersion.Unnumbered(loaded.Hash),
            pushed is null ? "changed here" : "pushed by another node",
            started).ConfigureAwait(false);
        if (taken is null)
        {
            log.Information("configuration reloaded: nothing changed");
            return new ConfigurationReload(Applied: true, NodesApplied: true, "nothing changed", diagnostics);
        }

        return new ConfigurationReload(
            Applied: true, NodesApplied: true, taken.Value.Summary, [.. diagnostics, .. taken.Value.Warnings]);
    }

    /// <summary>Installs what another node sent, unless what is in force here by now is newer: somebody may have taken up a change
    /// here while it was fetched, or since it was refused.</summary>
    private async Task<ConfigurationReload> FollowAsync(ConfigurationManifest manifest, ConfigurationVersion version, string came)
    {
        var current = await uptake.VersionAsync().ConfigureAwait(false);
        return version > current
            ? await InstallAsync(manifest, version, came, isPushed: false, takesUp: true).ConfigureAwait(false)
            : new ConfigurationReload(Applied: true, NodesApplied: true, "what is in force here is newer by now", []);
    }

    private async Task<ConfigurationReload> InstallAsync(
        ConfigurationManifest manifest, ConfigurationVersion version, string came, bool isPushed, bool takesUp)
    {
        using var holding = store.Hold(manifest.Hash);
        var started = timeProvider.GetTimestamp();
        var file = mainFile();
        var installer = new ConfigurationInstaller(file, store);
        Finish(installer);
        if (installer.Prepare(manifest, out var findings) is not { } prepared)
        {
            return Refuse(
                $"configuration {manifest.Hash[..12]} is not good here",
                [
                    .. findings.Where(finding => finding.Severity == DiagnosticSeverity.Error)
                        .Take(ReloadFindings.Shown).Select(DiagnosticOf),
                ]);
        }

        var isThere = prepared.Present.Hash == manifest.Hash;
        if (isPushed && isThere && uptake.Current.Version.Hash == manifest.Hash
            && await uptake.VersionAsync().ConfigureAwait(false) == version)
        {
            return new ConfigurationReload(Applied: true, NodesApplied: true, "nothing changed", []);
        }

        var diagnostics = Tell(prepared.Loaded, file);
        KeepEdits(prepared.Present);
        try
        {
            if (isPushed && version.Number > 0)
            {
                store.Pushed.Note(version);
            }

            installer.Install(prepared);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Refuse($"configuration {manifest.Hash[..12]} cannot be put in place: {SystemError.Words(exception)}", diagnostics);
        }

        if (!takesUp)
        {
            const string InPlace = "it is in place; the next 'mon reload' or 'mon restart' takes it up";
            log.Information($"configuration {manifest.Hash[..12]} {came}: {InPlace}");
            return new ConfigurationReload(Applied: true, NodesApplied: true, InPlace, diagnostics);
        }

        _findings.Follow(prepared.Loaded.Diagnostics);
        var taken = await uptake.TakeUpAsync(prepared.Loaded, version, came, started).ConfigureAwait(false);
        NotTakenUp = "";
        return new ConfigurationReload(
            Applied: true, NodesApplied: true, taken?.Summary ?? "nothing changed", [.. diagnostics, .. taken?.Warnings ?? []]);
    }

    /// <summary>What somebody has written into the files and not taken up yet is overwritten next: it is kept, and said.</summary>
    private void KeepEdits(LoadedConfiguration present)
    {
        if (present.Manifest is not null && present.Hash != uptake.Current.Version.Hash
            && store.Pushed.Of(present.Hash, inForce: null) is null)
        {
            KeepAside(present, "edited here and not taken up");
            log.Warning($"the files had been edited and not taken up; they are kept as {present.Hash[..12]}: "
                + $"'mon oconf diff {present.Hash[..12]}' shows what is in them, 'mon oconf restore {present.Hash[..12]}' brings "
                + "them back");
        }
    }

    private void KeepAside(LoadedConfiguration loaded, string came)
    {
        if (uptake.Keep(loaded, ConfigurationVersion.Unnumbered(loaded.Hash), uptake.Current.Version.Hash, came) is { } problem)
        {
            log.Error(problem);
        }
    }

    private void Finish(ConfigurationInstaller installer)
    {
        if (installer.Resume() is { Length: > 0 } finished)
        {
            log.Warning(finished);
        }
    }

    private ImmutableArray<ApiDiagnostic> Tell(LoadedConfiguration loaded, string file)
    {
        (var shown, var rest) = _findings.Choose(loaded.Diagnostics, loaded.Warnings);
        ImmutableArray<ApiDiagnostic> diagnostics = [.. shown.Select(DiagnosticOf)];
        foreach (var finding in shown)
        {
            log.Information(finding.ToString());
        }

        if (rest.Length > 0)
        {
            log.Information(rest);
            diagnostics = diagnostics.Add(new ApiDiagnostic("warning", file, 0, rest));
        }

        return diagnostics;
    }

    private ConfigurationReload Refuse(string reason, ImmutableArray<ApiDiagnostic> diagnostics)
    {
        var refusal = $"{reason}; monitoring goes on with the one in force";
        log.Error(refusal);
        return new ConfigurationReload(Applied: false, NodesApplied: true, refusal, diagnostics);
    }

    private static ApiDiagnostic DiagnosticOf(Diagnostic finding) => new(
        finding.Severity == DiagnosticSeverity.Error ? "error" : "warning",
        ConfigurationText.Readable(finding.Position.File),
        finding.Position.Line,
        ConfigurationText.Readable(finding.Message));
}
