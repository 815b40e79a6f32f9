using System.CommandLine;
using Compeer.Cli.Files;
using Compeer.Cli.Outcome;
using Compeer.Cli.Plugins;
using Compeer.Platform.Errors;

namespace Compeer.Cli.Commands;

/// <summary><c>mon check spool</c></summary>
internal sealed class CheckSpoolCommand : CheckCommand
{
    private const string DefaultAge = "300";

    private readonly Argument<string?> _path = new("path") { Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _age = new("--maxage") { DefaultValueFactory = _ => DefaultAge };
    private readonly Option<bool> _delete = new("--delete");

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "check", "spool", "[--maxage=AGE] [--warning=X] [--critical=X] <path|checks|perfdata> [--delete]",
        "Check a spool folder for files that stay there for too long.")
    {
        Details =
        [
            "A monitoring plugin. It counts the files, and no folders, that were last written",
            "longer ago than an age. Where mond makes no such folder, nothing waits in that",
            "which \"checks\" or \"perfdata\" means.",
            .. ThresholdDetails,
        ],
        Options =
        [
            ("path", "the folder"),
            ("checks", "check_result_path of the main configuration, or var/spool/checkresults"),
            ("perfdata", "perfdata_spool_dir of etc/pnp/npcd.cfg, or var/spool/perfdata"),
            ("--maxage=AGE", $"{PluginAge.Help}; default {DefaultAge}"),
            ("--delete", "delete these files; they are no problem then"),
            .. ThresholdHelp("X", "5", "10"),
        ],
        Examples = ["mon check spool checks", "mon check spool --maxage=600 --warning=100 --critical=500 perfdata"],
        ExitCodes = PluginExitCodes,
    };

    /// <inheritdoc/>
    public override void Define(Command syntax)
    {
        syntax.Arguments.Add(_path);
        syntax.Options.Add(_age);
        syntax.Options.Add(_delete);
        syntax.Options.Add(WarningOption);
        syntax.Options.Add(CriticalOption);
    }

    /// <inheritdoc/>
    protected override Task<PluginResult> CheckAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation) =>
        Task.FromResult(Check(arguments, context));

    private PluginResult Check(ParseResult arguments, CommandContext context)
    {
        var path = arguments.GetValue(_path) ?? throw new UsageException("say which folder");
        var age = PluginAge.Parse(arguments.GetValue(_age)!, out var fault) ?? throw new UsageException($"--maxage: {fault}");
        var thresholds = ThresholdsOf(arguments, warning: 5, critical: 10);
        var known = path switch
        {
            "checks" => SpoolFolders.Checks(context.Paths),
            "perfdata" => SpoolFolders.Performance(context.Paths),
            _ => null,
        };
        var folder = known ?? path;
        if (!Directory.Exists(folder))
        {
            return known is null
                ? throw new MonException($"spool directory \"{folder}\" doesn't exist")
                : new PluginResult(PluginState.Ok, $"0 files too old (there is no folder {folder})")
                {
                    Performance = [PerformanceOf(0, thresholds)],
                };
        }

        var old = OldFiles(folder, context.Time.GetUtcNow() - age);
        return arguments.GetValue(_delete)
            ? Delete(old, thresholds)
            : new PluginResult(thresholds.StateOf(old.Count), $"{old.Count} files too old")
            {
                Performance = [PerformanceOf(old.Count, thresholds)],
            };
    }

    private static List<string> OldFiles(string folder, DateTimeOffset before)
    {
        try
        {
            // A file that goes meanwhile has the time 1601 and is not there any more.
            return [.. Directory.EnumerateFiles(folder).Where(file => File.GetLastWriteTimeUtc(file) < before && File.Exists(file))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MonException.FromFile(folder, e);
        }
    }

    private static PluginResult Delete(List<string> old, Thresholds thresholds)
    {
        var problem = "";
        var deleted = 0;
        foreach (var file in old)
        {
            try
            {
                File.Delete(file);
                deleted++;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problem = $"; {file}: {SystemError.Words(e)}";
            }
        }

        return new PluginResult(
            problem.Length == 0 ? PluginState.Ok : PluginState.Critical, $"{deleted} too old files were deleted{problem}")
        {
            Performance = [PerformanceOf(old.Count, thresholds)],
        };
    }

    private static PerformanceValue PerformanceOf(int files, Thresholds thresholds) => new("old_files", files, thresholds);
}
