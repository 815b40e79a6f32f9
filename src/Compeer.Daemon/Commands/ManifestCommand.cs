using Compeer.Configuration.Diagnostics;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Platform;

namespace Compeer.Daemon.Commands;

/// <summary><c>mond --manifest</c>: what a configuration consists of, good or bad.</summary>
internal static class ManifestCommand
{
    public static int Run(string mainFile)
    {
        var loaded = ConfigurationLoader.Load(mainFile);
        if (loaded.Manifest is not { } manifest)
        {
            using var errors = Console.OpenStandardError();
            foreach (var finding in loaded.Diagnostics.Where(finding => finding.Severity == DiagnosticSeverity.Error))
            {
                OutputLines.Write(errors, finding);
            }

            return ExitCodes.Failure;
        }

        using var output = Console.OpenStandardOutput();
        output.Write(manifest.Encode());
        return ExitCodes.Success;
    }
}
