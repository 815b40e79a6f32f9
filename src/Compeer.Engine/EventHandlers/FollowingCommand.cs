using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Engine.EventHandlers;

/// <summary>A command that follows a result: its effect, and what the log says when it does not do what it should. Command lines are not
/// told, because they may hold secrets from <c>$USERn$</c>.</summary>
internal static class FollowingCommand
{
    /// <summary>The object's own handler (<see cref="CommandToRun.Ticket"/>).</summary>
    public const long Own = 0;

    /// <summary>The global handler.</summary>
    public const long Global = 1;

    /// <summary>The file of hosts.</summary>
    public const long HostFile = 1;

    /// <summary>The file of services.</summary>
    public const long ServiceFile = 2;

    /// <summary>The effect.</summary>
    public static CommandToRun About(
        CheckableDefinition subject, CommandCall call, CommandKind kind, ReadOnlyMemory<byte> line, TimeSpan timeout, long which)
    {
        (var host, var service) = NamesOf(subject);
        return new CommandToRun(kind, line, timeout) { Host = host, Service = service, Who = ChangedSettings.TextOf(call), Ticket = which };
    }

    /// <summary>What the log says of a command line beyond what a program can be given.</summary>
    public static string TooLong(CheckableDefinition subject, CommandCall call)
    {
        (var host, var service) = NamesOf(subject);
        return $"Warning: Command '{call.Command.Name}' for {Subject(host, service)} is not run: its command line is too long";
    }

    /// <summary>What the log says of one that ended; null for nothing. As in Naemon, an exit code is the command's own business.</summary>
    public static string? WordsOf(CommandToRun run, in CommandResult result) => (run.Kind, result.Outcome) switch
    {
        (CommandKind.Notification, _) => null,
        (CommandKind.PerformanceFile, CheckOutcome.NotStarted) =>
            $"Warning: {FileOf(run)} performance data file processing command '{run.Who}' could not be started (error {result.Code})",
        (CommandKind.PerformanceFile, CheckOutcome.TimedOut) =>
            $"Warning: {FileOf(run)} performance data file processing command '{run.Who}' timed out after {Seconds(run)} seconds",
        (_, CheckOutcome.NotStarted) =>
            $"Warning: Command '{run.Who}' for {Subject(run.Host, run.Service)} could not be started (error {result.Code})",
        (CommandKind.EventHandler, CheckOutcome.TimedOut) => $"Warning: {KindOf(run)} handler command '{run.Who}' timed out",
        (CommandKind.Obsession, CheckOutcome.TimedOut) when run.Service is null =>
            $"Warning: Timeout while executing OCHP command '{run.Who}' for host '{run.Host}'",
        (CommandKind.Obsession, CheckOutcome.TimedOut) =>
            $"Warning: Timeout while executing OCSP command '{run.Who}' for service '{run.Service}' on host '{run.Host}'",
        _ => null,
    };

    private static string FileOf(CommandToRun run) => run.Ticket == HostFile ? "Host" : "Service";

    private static int Seconds(CommandToRun run) => (int)run.Timeout.TotalSeconds;

    private static string KindOf(CommandToRun run) => (run.Ticket == Global, run.Service is null) switch
    {
        (true, true) => "Global host",
        (true, false) => "Global service",
        (false, true) => "Host",
        _ => "Service",
    };

    private static string Subject(string host, string? service) =>
        service is null ? $"host '{host}'" : $"service '{service}' on host '{host}'";

    private static (string Host, string? Service) NamesOf(CheckableDefinition subject) => subject is ServiceDefinition service
        ? (service.Host.Name, service.Description)
        : (((HostDefinition)subject).Name, null);
}
