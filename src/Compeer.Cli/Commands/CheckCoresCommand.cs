using System.CommandLine;
using Compeer.Cli.Files;
using Compeer.Cli.Outcome;
using Compeer.Cli.Plugins;
using Compeer.Platform.Errors;

namespace Compeer.Cli.Commands;

/// <summary><c>mon check cores</c></summary>
internal sealed class CheckCoresCommand : CheckCommand
{
    /// <summary>Programs whose dumps count: ours, those that op5's command looks for, and Naemon, on a machine that had it.</summary>
    private static readonly string[] Programs = ["mond", "mon", "merlind", "monitor", "naemon", "check_nt"];

    private readonly Option<string[]> _folders = new("--dir");
    private readonly Option<bool> _delete = new("--delete", "-D");
    private readonly Option<bool> _debug = new("--debug", "-d");

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "check", "cores", "[--warning=X] [--critical=X] [--dir=FOLDER …] [--delete] [--debug]",
        "Check for core dumps of mond and its kin.")
    {
        Details =
        [
            "A monitoring plugin. It looks for files named core or core.*, in the folders",
            "themselves, and counts those that are core dumps of mond, mon, merlind, monitor,",
            "naemon or check_nt, or do not say of what they are.",
            .. ThresholdDetails,
        ],
        Options =
        [
            ("--dir=FOLDER", "one more folder to look in, beside the monitor's and op5/merlin; may be repeated"),
            ("-D, --delete", "delete the core dumps of other programs"),
            ("-d, --debug", "name the files that do not count, with the reason"),
            .. ThresholdHelp("X", "0", "1: any core dump is critical"),
        ],
        Examples = ["mon check cores", "mon check cores --dir=/var/crash --delete"],
        ExitCodes = PluginExitCodes,
    };

    /// <inheritdoc/>
    public override void Define(Command syntax)
    {
        syntax.Options.Add(WarningOption);
        syntax.Options.Add(CriticalOption);
        syntax.Options.Add(_folders);
        syntax.Options.Add(_delete);
        syntax.Options.Add(_debug);
    }

    /// <inheritdoc/>
    protected override Task<PluginResult> CheckAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation) =>
        Task.FromResult(Check(arguments, context));

    private PluginResult Check(ParseResult arguments, CommandContext context)
    {
        var thresholds = ThresholdsOf(arguments, warning: 0, critical: 1);
        string[] usual = [context.Paths.Prefix, context.Paths.MerlinFolder];
        var folders = usual.Where(Directory.Exists).Concat(arguments.GetValue(_folders) ?? []).Distinct(StringComparer.Ordinal);
        var isDebug = arguments.GetValue(_debug);
        var details = new List<string>();
        var cores = 0;
        var others = 0;
        foreach (var file in folders.SelectMany(Candidates))
        {
            var core = TryRead(file, out var problem);
            var isOurs = core is not null && (core.Program.Length == 0 || Programs.Contains(core.Program));
            cores += isOurs ? 1 : 0;
            others += isOurs ? 0 : 1;
            if (isOurs)
            {
                details.Add($"{file}: a core dump of {(core!.Program.Length == 0 ? "something that it does not say" : core.Program)}");
            }
            else
            {
                var fate = core is not null && arguments.GetValue(_delete) ? Delete(file) : "";
                details.AddRange(isDebug || fate.Length > 0 ? [$"{file}: {(core is null ? problem : $"of {core.Program}")}{fate}"] : []);
            }
        }

        // Without any there is nothing to warn of, whatever the thresholds, as op5's command has it.
        return new PluginResult(
            cores == 0 ? PluginState.Ok : thresholds.StateOf(cores),
            cores > 0 ? $"{cores} corefiles found" : $"No {(others > 0 ? "(valid) " : "")}corefiles found")
        {
            Performance = [new PerformanceValue("cores", cores, thresholds)],
            Details = [.. details],
        };
    }

    private static IEnumerable<string> Candidates(string folder)
    {
        try
        {
            return
            [
                .. Directory.EnumerateFiles(folder).Where(file => CoreDump.IsName(Path.GetFileName(file)))
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (DirectoryNotFoundException)
        {
            throw new MonException($"no such folder: {folder}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MonException.FromFile(folder, e);
        }
    }

    private static CoreDump? TryRead(string file, out string problem)
    {
        try
        {
            problem = "no core dump";
            return CoreDump.Read(file);
        }
        catch (Exception e) when (e is FileNotFoundException)
        {
            problem = "gone meanwhile";
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whose it is cannot be told: who may not read a core dump must hear of it all the same.
            problem = "";
            return new CoreDump(file, "");
        }
    }

    private static string Delete(string file)
    {
        try
        {
            File.Delete(file);
            return ", deleted";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $", cannot be deleted: {SystemError.Words(e)}";
        }
    }
}
