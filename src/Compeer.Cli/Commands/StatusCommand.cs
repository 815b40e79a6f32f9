using System.CommandLine;
using System.Globalization;
using Compeer.Api;
using Compeer.Cli.Outcome;
using Compeer.Cli.Output;

namespace Compeer.Cli.Commands;

/// <summary><c>mon status</c></summary>
internal sealed class StatusCommand : MonCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(null, "status", "", "Say whether mond runs, since when, and how it fares.")
    {
        ExitCodes =
        [
            ("0", "mond runs and answers"),
            ("1", "mond runs but does not answer"),
            ("2", "the command line makes no sense"),
            ("3", "mond does not run"),
        ],
    };

    /// <inheritdoc/>
    public override async Task<int> RunAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var presence = context.Process.Find();
        if (!presence.IsRunning)
        {
            context.Out.WriteLine("mond is not running");
            return ExitCodes.NotRunning;
        }

        var answer = await context.Client.GetStatusAsync(cancellation).ConfigureAwait(false);
        if (!answer.TryGet(out var status, out var error))
        {
            var pid = presence.Pid is { } number ? $" (pid {number})" : "";
            return Fail(context, $"mond{pid} is running but gives no answer: {error.Message}");
        }

        Write(context, status);
        return ExitCodes.Success;
    }

    private static void Write(CommandContext context, DaemonStatus status)
    {
        var started = TimeZoneInfo.ConvertTime(status.StartedAt, context.Time.LocalTimeZone);
        var uptime = DurationText.Format(context.Time.GetUtcNow() - status.StartedAt);
        context.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"mond {status.Version} (pid {status.Pid}) is running since {started:yyyy-MM-dd HH:mm:ss} ({uptime}), "
            + $"{status.Hosts} hosts, {status.Services} services, {status.State}"));
        context.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Checks: {status.ChecksRunning} running, {status.ChecksWaiting} waiting, {status.ChecksCompleted} completed; "
            + $"latency {status.LatencyAverageSeconds:0.000}s average, {status.LatencyMaximumSeconds:0.000}s maximum"));
        if (status.Storage is { } storage)
        {
            context.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Storage: {storage.Bytes / 1024.0 / 1024.0:0.0} MiB, {storage.HistoryEntries} entries of history; "
                + $"{storage.HistoryUnstored} of them not written yet, oldest unwritten {storage.BehindSeconds:0.0}s"));
        }

        foreach (var warning in status.Warnings)
        {
            context.Out.WriteLine(context.Palette.Doubtful("Warning: ") + warning);
        }
    }
}
