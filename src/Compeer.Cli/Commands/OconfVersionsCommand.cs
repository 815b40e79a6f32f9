using System.CommandLine;
using System.Globalization;
using Compeer.Api;
using Compeer.Cli.Daemon;
using Compeer.Cli.Outcome;
using Compeer.Cli.Output;

namespace Compeer.Cli.Commands;

/// <summary><c>mon oconf versions</c></summary>
internal sealed class OconfVersionsCommand : MonCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "oconf", "versions", "", "List the configurations that this node keeps, the newest first.")
    {
        Details =
        [
            "Every configuration that was taken up is kept, and what was overruled or not",
            "taken up; 'mon oconf diff' shows what is in one, 'mon oconf restore' brings it",
            "back. The one in force has a star, or, while mond does not run, the one that is",
            "what the files are.",
        ],
    };

    /// <inheritdoc/>
    public override async Task<int> RunAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var kept = new KeptConfigurations(context.Client, context.Mond);
        foreach (var version in await kept.ListAsync(cancellation).ConfigureAwait(false))
        {
            context.Out.WriteLine(LineOf(version, context.Time));
        }

        return ExitCodes.Success;
    }

    private static string LineOf(KeptConfiguration version, TimeProvider time)
    {
        var number = version.Number == 0 ? "-" : version.Number.ToString(CultureInfo.InvariantCulture);
        var keptAt = TimeZoneInfo.ConvertTime(version.KeptAt, time.LocalTimeZone);
        var from = version.Origin.Length == 0 ? "" : $", made at {version.Origin}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(version.InForce ? '*' : ' ')} {number,4}  {VersionName.Short(version.Hash)}  {keptAt:yyyy-MM-dd HH:mm:ss}  "
            + $"{version.Hosts} hosts, {version.Services} services  {version.Came}{from}");
    }
}
