using Compeer.Api;
using Compeer.Daemon.Platform;
using Compeer.Daemon.Versions;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Commands;

/// <summary><c>mond --stage</c>: the folder for what another node pushes. Run as the daemon's user, whose it has to be.</summary>
internal static class StageCommand
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static int Run(MonitorPaths paths)
    {
        var folder = new VersionStore(paths).StagingFolder;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder)!, OwnerOnly);
            Directory.CreateDirectory(folder, OwnerOnly);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{folder}: {SystemError.Words(exception)}");
        }

        Console.Out.WriteLine(folder);
        return ExitCodes.Success;
    }
}
