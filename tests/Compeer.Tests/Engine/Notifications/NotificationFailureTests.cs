using System.Text;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Notifications;

namespace Compeer.Tests.Engine.Notifications;

/// <summary>What the log says of a notification's command, in Naemon's words.</summary>
public sealed class NotificationFailureTests
{
    [Theory]
    [InlineData(CheckOutcome.Exited, 0, null, null)]
    [InlineData(CheckOutcome.Exited, 3, null,
        "Warning: Notification command for contact 'ada' about host 'web' exited with exit code 3. stdout: 'out', stderr: '(empty)'")]
    [InlineData(CheckOutcome.Signalled, 15, "http",
        "Warning: Notification command for contact 'ada' about service 'web;http' was killed by signal 15. stdout: 'out', "
        + "stderr: '(empty)'")]
    [InlineData(CheckOutcome.TimedOut, 0, null, "Warning: Timeout while notifying contact 'ada' of host 'web' by command 'mail -s x'")]
    [InlineData(CheckOutcome.TimedOut, 0, "http",
        "Warning: Timeout while notifying contact 'ada' of service 'http' on host 'web' by command 'mail -s x'")]
    [InlineData(CheckOutcome.NotStarted, 2, null,
        "Warning: Notification command for contact 'ada' about host 'web' could not be started (error 2)")]
    public void NamesContactObjectAndWhatBecameOfIt(CheckOutcome outcome, int code, string? service, string? expected)
    {
        var run = new CommandToRun(CommandKind.Notification, Encoding.UTF8.GetBytes("mail -s x"), TimeSpan.FromSeconds(30))
        {
            Host = "web",
            Service = service,
            Who = "ada",
        };
        var result = new CommandResult(outcome, code, Encoding.UTF8.GetBytes("out\n"), default, TimeSpan.Zero);
        Assert.Equal(expected, NotificationFailure.WordsOf(run, result));
    }
}
