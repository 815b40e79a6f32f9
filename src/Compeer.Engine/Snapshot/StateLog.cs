using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Events;
using Compeer.Engine.Logging;
using Compeer.Engine.Model;

namespace Compeer.Engine.Snapshot;

/// <summary>
/// The lines about every object's state with which a log begins, in Naemon's order: hosts, then services. They are made one
/// by one as they are taken, so that a million of them are never in memory together, and from a snapshot, so that no loop
/// waits for whoever takes them.
/// </summary>
public static class StateLog
{
    /// <summary><c>INITIAL HOST STATE</c> and <c>INITIAL SERVICE STATE</c>: for the start; none unless
    /// <c>log_initial_states</c> is on.</summary>
    public static IEnumerable<LogEntry> Initial(EngineSnapshot snapshot) =>
        snapshot.Configuration.Main.LogInitialStates ? Lines(snapshot, isInitial: true) : [];

    /// <summary><c>CURRENT HOST STATE</c> and <c>CURRENT SERVICE STATE</c>: for a new log after a rotation,
    /// so that each file can be read alone; none when <c>log_current_states</c> is off.</summary>
    public static IEnumerable<LogEntry> Current(EngineSnapshot snapshot) =>
        snapshot.Configuration.Main.LogCurrentStates ? Lines(snapshot, isInitial: false) : [];

    private static IEnumerable<LogEntry> Lines(EngineSnapshot snapshot, bool isInitial)
    {
        var lines = new LogLines();
        var hosts = snapshot.Objects.Hosts.Length;
        for (var index = 0; index < snapshot.Count; index++)
        {
            CheckableDefinition subject = index < hosts ? snapshot.Objects.Hosts[index] : snapshot.Objects.Services[index - hosts];
            yield return lines.State(subject, snapshot[new CheckableId(index)], isInitial, snapshot.TakenAt.Wall);
        }
    }
}
