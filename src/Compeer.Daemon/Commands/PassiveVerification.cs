using System.Collections.Immutable;
using Compeer.Api;
using Compeer.Configuration.Diagnostics;
using Compeer.Daemon.Nrdp;
using Compeer.Daemon.Nsca;
using Compeer.Daemon.Passive;

namespace Compeer.Daemon.Commands;

/// <summary>What the daemon would say of nsca.cfg and nrdp.cfg, without listening and without making a certificate.</summary>
internal static class PassiveVerification
{
    /// <summary>Every finding; an error is what keeps the way in off, or as it was.</summary>
    public static ImmutableArray<Diagnostic> Of(MonitorPaths paths) =>
    [
        .. Of(paths.NscaConfiguration, file => NscaSettingsReader.Read(file)),
        .. Of(paths.NrdpConfiguration, file =>
        {
            if (NrdpSettingsReader.Read(file) is { } settings && NrdpCertificate.ProblemOf(settings) is { } problem)
            {
                file.Wrong(problem);
            }
        }),
    ];

    private static IEnumerable<Diagnostic> Of(string path, Action<SettingsFile> read)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        var file = SettingsFile.Read(path);
        if (file.IsForbidden)
        {
            // Whoever verifies need not be the daemon's user, whose secrets are in it.
            return [new Diagnostic(
                DiagnosticSeverity.Warning, new SourcePosition(path, 0), "this user may not read it; it was not checked")];
        }

        read(file);
        return file.Findings;
    }
}
