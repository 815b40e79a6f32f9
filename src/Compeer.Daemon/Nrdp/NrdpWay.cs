using System.Net;
using System.Net.Sockets;
using Compeer.Api;
using Compeer.Daemon.Log;
using Compeer.Daemon.Passive;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Nrdp;

/// <summary>NRDP inside the daemon, as <c>etc/nrdp.cfg</c> says; off without that file.</summary>
internal sealed class NrdpWay(MonitorPaths paths, PassiveDesk desk, DaemonLog log, TimeProvider clock)
    : PassiveWay<NrdpSettings>("nrdp", paths.NrdpConfiguration, log)
{
    /// <inheritdoc/>
    protected override NrdpSettings? Read(SettingsFile file) => NrdpSettingsReader.Read(file);

    /// <inheritdoc/>
    protected override IPEndPoint EndPointOf(NrdpSettings settings) => settings.EndPoint;

    /// <inheritdoc/>
    protected override async ValueTask<(IAsyncDisposable? Server, string? Problem)> OpenAsync(NrdpSettings settings)
    {
        if (NrdpCertificate.Load(settings, paths.NrdpCertificate, clock.GetUtcNow(), out var problem) is not { } certificates)
        {
            return (null, problem);
        }

        try
        {
            var answers = new NrdpDesk(settings.Tokens, desk, Counters, Log, clock);
            var server = await NrdpServer.StartAsync(settings, certificates, answers, NrdpTimes.Usual, Counters, Log)
                .ConfigureAwait(false);
            return (server, null);
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            return (null, SystemError.Words(fault));
        }
    }
}
