using System.Globalization;
using Compeer.Configuration.Text;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Engine.Notifications;

/// <summary>What the log says of the command of a notification that did not do what it should, in Naemon's words
/// (<c>notification_handle_job_result</c>).</summary>
internal static class NotificationFailure
{
    /// <summary>The words; null when there is nothing to say.</summary>
    public static string? WordsOf(CommandToRun run, in CommandResult result)
    {
        if (result.IsSuccess)
        {
            return null;
        }

        var subject = run.Service is { } service ? $"service '{run.Host};{service}'" : $"host '{run.Host}'";
        return result switch
        {
            { Outcome: CheckOutcome.TimedOut } => TimedOut(run),
            { Outcome: CheckOutcome.NotStarted } => Text(
                $"Warning: Notification command for contact '{run.Who}' about {subject} could not be started (error {result.Code})"),
            _ => Text($"Warning: Notification command for contact '{run.Who}' about {subject} {Ended(result)} {result.Code}.")
                + $" stdout: '{Output(result.Output)}', stderr: '{Output(result.ErrorOutput)}'",
        };
    }

    private static string TimedOut(CommandToRun run)
    {
        var command = ConfigurationText.Decode(run.CommandLine.Span);
        return run.Service is { } service
            ? $"Warning: Timeout while notifying contact '{run.Who}' of service '{service}' on host '{run.Host}' by command '{command}'"
            : $"Warning: Timeout while notifying contact '{run.Who}' of host '{run.Host}' by command '{command}'";
    }

    private static string Ended(in CommandResult result) =>
        result.Outcome == CheckOutcome.Exited ? "exited with exit code" : "was killed by signal";

    private static string Output(ReadOnlyMemory<byte> output)
    {
        const int Most = 1024;
        var text = output.Span.Trim(" \t\r\n"u8);
        return text.IsEmpty ? "(empty)" : ConfigurationText.Decode(text[..Math.Min(text.Length, Most)]);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
