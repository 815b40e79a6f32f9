namespace Compeer.Daemon.Commands;

/// <summary>What the command line of <c>mond</c> asks for.</summary>
/// <param name="Mode">What to do.</param>
/// <param name="File">A main configuration, the other one of two kept configurations, or the names of pollers; null when none is
/// named.</param>
internal sealed record ProgramArguments(ProgramMode Mode, string? File)
{
    /// <summary>What a mode works on besides a main configuration: a folder, a node, or a kept
    /// configuration; empty for none.</summary>
    public string Subject { get; init; } = "";

    public const string Usage = """
        usage: mond [MODE]

        Without a mode, mond runs in the foreground until SIGTERM or SIGINT.

          --daemonize      start, say "ready" (or what is wrong), then go on in the background
          --verify [FILE]  check a configuration, print every finding, exit 0 when there is no error;
                           merlin.conf is checked with it when FILE is the one that a start reads
          --precache [FILE]
                           the same, and write the resolved objects to its precached_object_file
          --files [FILE]   print the object files of a configuration in alphabetical order
          --kept           print the configurations that are kept, as JSON
          --difference VERSION [VERSION]
                           print what is different between two of them, or from one to the files as they are, as JSON
          --db-check       look through the database of what outlives a restart
          --db-backup FILE copy it as it is at one moment
          --db-vacuum      write it anew without what was deleted in it
          --print-key      print this node's public key (made when absent), for publickey = FILE of its neighbours
          --manifest [FILE]
                           print what a configuration consists of: shared variables, and object files by their hashes
          --offer FOLDER [FILE]
                           the same as --verify, and put the configuration into an empty folder when there is no error
          --stage          print the folder for what another node pushes (made when absent)
          --install NODE   put what NODE pushed there in place when it is good here; a start takes it up
          --split [NAME,…] write the part of the configuration that each poller gets into its file in var/cache/config
          --version        print the version
          --help           print this

        FILE is a main configuration; without it, etc/naemon.cfg (or etc/nagios.cfg) under the prefix is meant.
        Naemon's -v FILE and -vp FILE are understood, too.
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

        // Naemon's switches for one thing: -v verifies, -p beside it writes the precached objects.
        var switches = arguments.TakeWhile(argument => ModeOf(argument) is ProgramMode.Verify or ProgramMode.Precache).Count();
        var first = Math.Max(1, switches);
        var mode = arguments.Take(switches).Any(argument => ModeOf(argument) == ProgramMode.Precache)
            ? ProgramMode.Precache
            : ModeOf(arguments[0]);
        if (mode is null)
        {
            problem = $"unknown argument '{arguments[0]}'; mond --help lists what there is";
            return null;
        }

        if (mode is ProgramMode.Offer or ProgramMode.Install or ProgramMode.CompareKept or ProgramMode.BackUpDatabase)
        {
            if (arguments.Count < 2)
            {
                problem = $"{arguments[0]} needs an argument; mond --help says which";
                return null;
            }

            first = 2;
        }

        var allowed = first
            + (mode is ProgramMode.Verify or ProgramMode.Precache or ProgramMode.ListFiles or ProgramMode.Manifest or ProgramMode.Offer
                or ProgramMode.CompareKept or ProgramMode.Split
                    ? 1
                    : 0);
        if (arguments.Count > allowed)
        {
            problem = $"unexpected argument '{arguments[allowed]}' after {arguments[allowed - 1]}";
            return null;
        }

        return new ProgramArguments(mode.Value, arguments.Count > first ? arguments[first] : null)
        {
            Subject = mode is ProgramMode.Offer or ProgramMode.Install or ProgramMode.CompareKept or ProgramMode.BackUpDatabase
                ? arguments[1]
                : "",
        };
    }

    private static ProgramMode? ModeOf(string argument) => argument switch
    {
        "--daemonize" => ProgramMode.Daemonize,
        "--verify" or "--verify-config" or "-v" => ProgramMode.Verify,
        "--precache" or "--precache-objects" or "-p" or "-vp" or "-pv" => ProgramMode.Precache,
        "--files" => ProgramMode.ListFiles,
        "--manifest" => ProgramMode.Manifest,
        "--offer" => ProgramMode.Offer,
        "--stage" => ProgramMode.Stage,
        "--install" => ProgramMode.Install,
        "--split" => ProgramMode.Split,
        "--kept" => ProgramMode.ListKept,
        "--difference" => ProgramMode.CompareKept,
        "--db-check" => ProgramMode.CheckDatabase,
        "--db-backup" => ProgramMode.BackUpDatabase,
        "--db-vacuum" => ProgramMode.VacuumDatabase,
        "--print-key" => ProgramMode.PrintKey,
        "--version" or "-V" => ProgramMode.Version,
        "--help" or "-h" => ProgramMode.Help,
        _ => null,
    };
}
