using System.Net;
using Compeer.Api;
using Compeer.Daemon.Log;

namespace Compeer.Daemon.Passive;

/// <summary>What the ways in have in common: a settings file that turns one on, and a server that works by it. Called by one at a
/// time.</summary>
/// <typeparam name="TSettings">What the file says.</typeparam>
internal abstract class PassiveWay<TSettings>(string name, string settingsPath, DaemonLog log) : IPassiveWay
    where TSettings : class
{
    private IAsyncDisposable? _server;
    private TSettings? _settings;
    private volatile PassiveWayStatus? _status;
    private string? _problem;

    /// <inheritdoc/>
    public string SettingsPath => settingsPath;

    /// <inheritdoc/>
    public PassiveCounters Counters { get; } = new();

    /// <inheritdoc/>
    public PassiveWayStatus? Status => _status is { } status
        ? status with { Results = Counters.Results, Refused = Counters.AllRefused }
        : null;

    /// <summary>Where it says what it has to say.</summary>
    protected DaemonLog Log => log;

    /// <inheritdoc/>
    public async ValueTask FollowAsync(bool isChanged)
    {
        if (!File.Exists(settingsPath))
        {
            if (_settings is not null || _status is not null)
            {
                log.Information($"{name} is off: {settingsPath} is not there any more");
            }

            await StopAsync().ConfigureAwait(false);
            (_settings, _status, _problem) = (null, null, null);
            return;
        }

        if (isChanged)
        {
            var file = SettingsFile.Read(settingsPath);
            var settings = Read(file);
            Tell(file);
            if (file.Errors.Count > 0)
            {
                Fail($"{settingsPath} has errors; the log names them");
                return;
            }

            await StopAsync().ConfigureAwait(false);
            (_settings, _problem) = (settings, null);
        }

        if (_server is null && _settings is { } wanted)
        {
            await StartAsync(wanted).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => StopAsync();

    /// <summary>Reads the settings, and notes down in the file what is wrong with them.</summary>
    protected abstract TSettings? Read(SettingsFile file);

    /// <summary>Where one with these settings listens.</summary>
    protected abstract IPEndPoint EndPointOf(TSettings settings);

    /// <summary>Starts a server.</summary>
    /// <returns>It; or why it cannot listen.</returns>
    protected abstract ValueTask<(IAsyncDisposable? Server, string? Problem)> OpenAsync(TSettings settings);

    private async ValueTask StartAsync(TSettings settings)
    {
        (_server, var problem) = await OpenAsync(settings).ConfigureAwait(false);
        var where = EndPointOf(settings);
        if (_server is null)
        {
            Fail($"{name} cannot listen on {where}: {problem}");
            return;
        }

        _problem = null;
        _status = new PassiveWayStatus(name, where.ToString(), Problem: null, Results: 0, Refused: 0);
        log.Information($"{name} listens on {where}");
    }

    private async ValueTask StopAsync()
    {
        if (_server is { } server)
        {
            _server = null;
            await server.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The server that there is goes on.</summary>
    private void Fail(string problem)
    {
        if (_problem != problem)
        {
            log.Error(problem);
        }

        _problem = problem;
        _status = new PassiveWayStatus(name, _server is null ? null : _status?.Address, problem, Results: 0, Refused: 0);
    }

    private void Tell(SettingsFile file)
    {
        foreach (var error in file.Errors)
        {
            log.Error(error);
        }

        foreach (var warning in file.Warnings)
        {
            log.Warning(warning);
        }
    }
}
