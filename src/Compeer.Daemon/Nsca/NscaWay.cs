using System.Net;
using System.Net.Sockets;
using Compeer.Api;
using Compeer.Daemon.Log;
using Compeer.Daemon.Passive;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Nsca;

/// <summary>NSCA inside the daemon, as <c>etc/nsca.cfg</c> says; off without that file.</summary>
internal sealed class NscaWay(MonitorPaths paths, PassiveDesk desk, DaemonLog log, TimeProvider clock)
    : PassiveWay<NscaSettings>("nsca", paths.NscaConfiguration, log)
{
    /// <inheritdoc/>
    protected override NscaSettings? Read(SettingsFile file) => NscaSettingsReader.Read(file);

    /// <inheritdoc/>
    protected override IPEndPoint EndPointOf(NscaSettings settings) => settings.EndPoint;

    /// <inheritdoc/>
    protected override ValueTask<(IAsyncDisposable? Server, string? Problem)> OpenAsync(NscaSettings settings)
    {
        try
        {
            return ValueTask.FromResult<(IAsyncDisposable?, string?)>((NscaServer.Open(settings, desk, Counters, Log, clock), null));
        }
        catch (SocketException fault)
        {
            return ValueTask.FromResult<(IAsyncDisposable?, string?)>((null, SystemError.Words(fault)));
        }
    }
}
