using Compeer.Api;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Platform;

namespace Compeer.Daemon.Commands;

/// <summary><c>mond --precache</c>: verifies, and writes the resolved objects when there is no error, as <c>naemon -vp</c>
/// does.</summary>
internal static class PrecacheCommand
{
    public static int Run(MonitorPaths paths, string mainFile)
    {
        var loaded = ConfigurationLoader.Load(mainFile);
        var exitCode = VerifyCommand.Report(paths, mainFile, loaded);
        if (loaded.Main is not { } main || loaded.Objects is not { } objects)
        {
            return exitCode;
        }

        var path = main.PrecachedObjectFile ?? paths.PrecachedObjectFile;
        var now = TimeProvider.System.GetLocalNow();
        if (ObjectCacheFile.Write(path, main, objects, now, CancellationToken.None) is { } problem)
        {
            throw new StartupException($"precached_object_file {problem}");
        }

        Console.Out.WriteLine($"Wrote {path}");
        return exitCode;
    }
}
