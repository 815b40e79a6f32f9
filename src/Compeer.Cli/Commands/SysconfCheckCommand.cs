using System.Collections.Immutable;
using System.CommandLine;
using Compeer.Cli.Limits;
using Compeer.Cli.Plugins;
using Compeer.Configuration.Diagnostics;

namespace Compeer.Cli.Commands;

/// <summary><c>mon sysconf check</c></summary>
internal sealed class SysconfCheckCommand : CheckCommand
{
    private readonly Argument<string[]> _names = new("check") { Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _list = new("--list", "-l");

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "sysconf", "check", "[--list] [CHECK …]", "Check the kernel's limits and the like that matter to mond.")
    {
        Details =
        [
            "A monitoring plugin. The first line sums up; then each limit has a line with",
            "what it is, what is needed, and how to change it where that is less. The limits",
            "of a process are those of the running mond, or else of whoever asks.",
        ],
        Options =
        [
            ("CHECK", "only these; all when none is named"),
            ("-l, --list", "list what is checked"),
            .. SystemChecks.All.Select(check => (check.Name, check.Summary)),
        ],
        Examples = ["mon sysconf check", "mon sysconf check open-files disk-space"],
        ExitCodes =
        [
            ("0", "OK"),
            ("1", "WARNING: something is less than is needed"),
            ("2", "CRITICAL: it is less than a quarter of that"),
            ("3", "UNKNOWN: it cannot be read, or the command line makes no sense"),
        ],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax)
    {
        syntax.Arguments.Add(_names);
        syntax.Options.Add(_list);
    }

    /// <inheritdoc/>
    protected override Task<PluginResult> CheckAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        ImmutableArray<SystemCheck> chosen = [.. (arguments.GetValue(_names) ?? []).Select(Find)];
        chosen = chosen.IsEmpty ? SystemChecks.All : chosen;
        return Task.FromResult(arguments.GetValue(_list)
            ? new PluginResult(PluginState.Ok, $"{chosen.Length} checks")
            {
                Details = [.. chosen.Select(check => $"({check.Name}) {check.Summary}")],
            }
            : Look(chosen, new SystemReading("", context.Process.Find().Pid, context.Paths)));
    }

    /// <summary>What some checks find.</summary>
    internal static PluginResult Look(ImmutableArray<SystemCheck> checks, SystemReading reading)
    {
        SystemFinding[] findings = [.. checks.Select(check => check.Look(reading))];
        var bad = findings.Count(finding => finding.State != PluginState.Ok);
        return new PluginResult(
            findings.Select(finding => finding.State).Aggregate(PluginResult.Worse),
            bad == 0 ? "No system problems detected" : $"System problems detected: {bad} of {findings.Length}")
        {
            Details = [.. findings.Select(finding => finding.ToString())],
        };
    }

    private static SystemCheck Find(string name) => SystemChecks.All.FirstOrDefault(check => check.Name == name)
        ?? throw new UsageException(
            $"there is no check \"{name}\"{SimilarName.Hint(name, SystemChecks.All.Select(check => check.Name))}");
}
