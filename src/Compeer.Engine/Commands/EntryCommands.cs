using Compeer.Engine.Events;
using Compeer.Engine.Maintenance;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Commands;

/// <summary>The commands about comments, downtimes and acknowledgements.</summary>
internal sealed class EntryCommands(EngineState engine, ObjectEntries entries)
{
    private readonly CommentCommands _comments = new(engine, entries.Comments);
    private readonly DowntimeCommands _downtimes = new(engine, entries);
    private readonly DowntimeRemovals _removals = new(engine, entries.Cancellation);
    private readonly AcknowledgementCommands _acknowledgements = new(engine, entries);

    /// <summary>Whether a command of this name is one of them.</summary>
    public static bool Takes(string name) => IsOfComments(name) || IsOfDowntimes(name) || IsOfAcknowledgements(name);

    /// <summary>Does a command.</summary>
    /// <returns>Null when it was done; else why not.</returns>
    public string? Do(EngineTime now, ParsedCommand command, Transition transition) =>
        IsOfComments(command.Name) ? _comments.Do(now, command, transition)
        : IsOfAcknowledgements(command.Name) ? _acknowledgements.Do(now, command, transition)
        : command.Name.StartsWith("DEL_", StringComparison.Ordinal) ? _removals.Do(now, command, transition)
        : _downtimes.Do(now, command, transition);

    private static bool IsOfComments(string name) => name.EndsWith("_COMMENT", StringComparison.Ordinal)
        ? name != "DEL_DOWNTIME_BY_START_TIME_COMMENT"
        : name.EndsWith("_COMMENTS", StringComparison.Ordinal);

    private static bool IsOfDowntimes(string name) => name.Contains("DOWNTIME", StringComparison.Ordinal);

    private static bool IsOfAcknowledgements(string name) =>
        name.StartsWith("ACKNOWLEDGE_", StringComparison.Ordinal) || name.EndsWith("_ACKNOWLEDGEMENT", StringComparison.Ordinal);
}
