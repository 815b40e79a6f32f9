using Compeer.Api;
using Compeer.Daemon.Commands;
using Compeer.Daemon.Hosting;
using Compeer.Daemon.Platform;
using Compeer.Platform.Errors;
using Compeer.Platform.Processes;

namespace Compeer.Daemon;

/// <summary><c>mond</c>: what can be run, in the order in which it is decided.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        ProcessSignals.Prepare();
        RuntimeTraces.Remove();
        var arguments = ProgramArguments.Parse(args, out var problem);
        if (arguments is null)
        {
            StandardError.Write($"mond: {problem}");
            return ExitCodes.Usage;
        }

        if (arguments.Mode is ProgramMode.Daemonize or ProgramMode.Foreground)
        {
            ChildSignal.BlockInAllThreads();
        }

        var paths = MonitorPaths.FromPrefix(Environment.GetEnvironmentVariable(MonitorPaths.PrefixVariable));
        try
        {
            return arguments.Mode switch
            {
                ProgramMode.Help => Print(ProgramArguments.Usage),
                ProgramMode.Version => Print($"mond {ProgramVersion.Text}"),
                ProgramMode.Verify => VerifyCommand.Run(paths, arguments.File ?? paths.FindMainConfiguration()),
                ProgramMode.Precache => PrecacheCommand.Run(paths, arguments.File ?? paths.FindMainConfiguration()),
                ProgramMode.ListFiles => ListFilesCommand.Run(arguments.File ?? paths.FindMainConfiguration()),
                ProgramMode.Manifest => ManifestCommand.Run(arguments.File ?? paths.FindMainConfiguration()),
                ProgramMode.Offer => OfferCommand.Run(paths, arguments.Subject, arguments.File ?? paths.FindMainConfiguration()),
                ProgramMode.Stage => StageCommand.Run(paths),
                ProgramMode.Install => await InstallCommand.RunAsync(paths, arguments.Subject),
                ProgramMode.Split => SplitCommand.Run(paths, arguments.File ?? "", Console.Out),
                ProgramMode.ListKept => Print(KeptVersions.List(paths)),
                ProgramMode.CompareKept => Print(KeptVersions.Compare(paths, arguments.Subject, arguments.File)),
                ProgramMode.CheckDatabase => DatabaseCommands.Check(paths),
                ProgramMode.BackUpDatabase => DatabaseCommands.Backup(paths, arguments.Subject),
                ProgramMode.VacuumDatabase => DatabaseCommands.Vacuum(paths),
                ProgramMode.PrintKey => PrintKeyCommand.Run(paths),
                ProgramMode.Daemonize => await DaemonHost.RunAsync(paths, detach: true),
                ProgramMode.Foreground => await DaemonHost.RunAsync(paths, detach: false),
                _ => throw new InvalidOperationException($"mode {arguments.Mode} is not handled"),
            };
        }
        catch (Exception exception) when (exception is StartupException or SystemErrorException)
        {
            StandardError.Write($"mond: {exception.Message}");
            return ExitCodes.Failure;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Files have their own words in StartupException, so this is the output: a full disk, or closed (which the runtime
            // takes for forbidden).
            StandardError.Write($"mond: the output cannot be written: {SystemError.Words(exception)}");
            return ExitCodes.Failure;
        }
    }

    private static int Print(string text)
    {
        Console.Out.WriteLine(text);
        return ExitCodes.Success;
    }
}
