namespace Compeer.Daemon.Hosting;

/// <summary>What the command line of <c>mond</c> asks for.</summary>
internal sealed record ProgramArguments(ProgramMode Mode, string? File)
{
    public const string Usage = """
        usage: mond [MODE]

        Without a mode, mond runs in the foreground until SIGTERM or SIGINT.

          --daemonize      start, say "ready" (or what is wrong), then go on in the background
          --verify [FILE]  check a configuration, print every finding, exit 0 when there is no error
          --files [FILE]   print the object files of a configuration in alphabetical order
          --print-key      print this node's public key (made when absent), for publickey = FILE of its neighbours
          --version        print the version
          --help           print this

        FILE is a main configuration; without it, etc/naemon.cfg (or etc/nagios.cfg) under the prefix is meant.
        The prefix is /opt/monitor, or what the environment variable MON_PREFIX says.
        """;

    /// <summary>Reads the command line; null with the problem when it makes no sense.</summary>
    public static ProgramArguments? Parse(IReadOnlyList<string> arguments, out string problem)
    {
        problem = "";
        if (arguments.Count == 0)
        {
            return new ProgramArguments(ProgramMode.Foreground, File: null);
        }

        ProgramMode? mode = arguments[0] switch
        {
            "--daemonize" => ProgramMode.Daemonize,
            "--verify" or "-v" => ProgramMode.Verify,
            "--files" => ProgramMode.ListFiles,
            "--print-key" => ProgramMode.PrintKey,
            "--version" or "-V" => ProgramMode.Version,
            "--help" or "-h" => ProgramMode.Help,
            _ => null,
        };
        if (mode is null)
        {
            problem = $"unknown argument '{arguments[0]}'; mond --help lists what there is";
            return null;
        }

        int allowed = mode is ProgramMode.Verify or ProgramMode.ListFiles ? 2 : 1;
        if (arguments.Count > allowed)
        {
            problem = $"unexpected argument '{arguments[allowed]}' after {arguments[0]}";
            return null;
        }

        return new ProgramArguments(mode.Value, arguments.Count > 1 ? arguments[1] : null);
    }
}
