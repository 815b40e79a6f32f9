using Compeer.Api;
using Compeer.Daemon.Commands;
using Compeer.Daemon.Hosting;
using Compeer.Daemon.Platform;
using Compeer.Platform.Processes;

namespace Compeer.Daemon;

/// <summary><c>mond</c>: what can be run, in the order in which it is decided.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        ProcessSignals.Prepare();
        var arguments = ProgramArguments.Parse(args, out var problem);
        if (arguments is null)
        {
            await Console.Error.WriteLineAsync($"mond: {problem}");
            return ExitCodes.Usage;
        }

        var paths = MonitorPaths.FromPrefix(Environment.GetEnvironmentVariable(MonitorPaths.PrefixVariable));
        try
        {
            return arguments.Mode switch
            {
                ProgramMode.Help => Print(ProgramArguments.Usage),
                ProgramMode.Version => Print($"mond {ProgramVersion.Text}"),
                ProgramMode.Verify => VerifyCommand.Run(arguments.File ?? paths.FindMainConfiguration()),
                ProgramMode.Precache => PrecacheCommand.Run(paths, arguments.File ?? paths.FindMainConfiguration()),
                ProgramMode.ListFiles => ListFilesCommand.Run(arguments.File ?? paths.FindMainConfiguration()),
                ProgramMode.PrintKey => PrintKeyCommand.Run(paths),
                ProgramMode.Daemonize => await DaemonHost.RunAsync(paths, detach: true),
                ProgramMode.Foreground => await DaemonHost.RunAsync(paths, detach: false),
                _ => throw new InvalidOperationException($"mode {arguments.Mode} is not handled"),
            };
        }
        catch (StartupException exception)
        {
            await Console.Error.WriteLineAsync($"mond: {exception.Message}");
            return ExitCodes.Failure;
        }
    }

    private static int Print(string text)
    {
        Console.Out.WriteLine(text);
        return ExitCodes.Success;
    }
}
