using Compeer.Cluster.Model;
using Compeer.Daemon.Log;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Versions;

/// <summary>Writes the numbers down that the cluster gives to configurations that are kept; on a thread of its own, since the
/// loop waits for no disk. A number that comes before its configuration is kept stays with the one who keeps it.</summary>
internal sealed class VersionKeeper(VersionStore store, DaemonLog log) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private ConfigurationVersion? _last;
    private Task _writing = Task.CompletedTask;

    /// <summary>The configuration in force is known by this version.</summary>
    public void Follow(ConfigurationVersion? version)
    {
        lock (_lock)
        {
            if (version is null || version == _last)
            {
                return;
            }

            _last = version;
            _writing = WriteAfterAsync(_writing, version);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task writing;
        lock (_lock)
        {
            writing = _writing;
        }

        await writing.ConfigureAwait(false);
    }

    private async Task WriteAfterAsync(Task before, ConfigurationVersion version)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            store.Number(version);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Warning($"the number of the configuration cannot be written down: {SystemError.Words(exception)}");
        }
    }
}
