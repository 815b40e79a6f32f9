using Compeer.Engine.Model;

namespace Compeer.Engine.Events;

/// <summary>An effect: a command other than a check to be run now, in the lane of its kind. It comes back with its
/// <see cref="CommandResult"/> to <see cref="MonitoringEngine.CommandEnded"/>, which knows by it what was run: the engine keeps
/// nothing about it. A daemon that is killed meanwhile runs it no more.</summary>
/// <param name="Kind">What for.</param>
/// <param name="CommandLine">The command line after macros.</param>
/// <param name="Timeout">After how long the whole process group is killed; more than zero.</param>
public sealed record CommandToRun(CommandKind Kind, ReadOnlyMemory<byte> CommandLine, TimeSpan Timeout)
{
    /// <summary>Variables for its environment, <c>NAME=value</c>, each ended by a NUL; mostly none.</summary>
    public ReadOnlyMemory<byte> Environment { get; init; }

    /// <summary>The host that it is about; empty for none.</summary>
    public string Host { get; init; } = "";

    /// <summary>The description of the service that it is about; null for the host itself.</summary>
    public string? Service { get; init; }

    /// <summary>For whom or by which command, as the log names it: the contact of a notification, the name of the command of a
    /// handler.</summary>
    public string Who { get; init; } = "";

    /// <summary>Of a notification: the contact; empty for a global handler.</summary>
    public string Contact { get; init; } = "";

    /// <summary>Of a notification: which of the contact's commands, from 0.</summary>
    public int Part { get; init; }

    /// <summary>Of a notification: its number among those of the object.</summary>
    public long Ticket { get; init; }

    /// <summary>How often it was tried, this time included.</summary>
    public int Attempt { get; init; } = 1;
}
