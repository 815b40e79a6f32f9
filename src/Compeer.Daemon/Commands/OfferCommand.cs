using Compeer.Api;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Platform;
using Compeer.Daemon.Storage;
using Compeer.Daemon.Versions;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Commands;

/// <summary><c>mond --offer</c>: verifies a configuration, and puts it into a folder for another node when it has no error.</summary>
internal static class OfferCommand
{
    public static int Run(MonitorPaths paths, string folder, string mainFile)
    {
        var loaded = ConfigurationLoader.Load(mainFile);
        var exitCode = VerifyCommand.Report(paths, mainFile, loaded);
        if (exitCode != ExitCodes.Success)
        {
            return exitCode;
        }

        try
        {
            StagedConfiguration.Write(folder, loaded, DurableStateFile.LastInForce(DurableStateFile.FileIn(paths)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{folder}: {SystemError.Words(exception)}");
        }

        return exitCode;
    }
}
