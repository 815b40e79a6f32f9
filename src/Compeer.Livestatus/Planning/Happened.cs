using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Planning;

/// <summary>Whether something happened between two moments.</summary>
internal static class Happened
{
    /// <summary>Whether it did.</summary>
    public static bool Between(LivestatusMoment first, LivestatusMoment now, WaitTrigger trigger) =>
        first.Snapshot.Configuration != now.Snapshot.Configuration || trigger switch
        {
            WaitTrigger.Program => first.Snapshot.Program != now.Snapshot.Program,
            WaitTrigger.Log => first.Program.Counts.LogMessages != now.Program.Counts.LogMessages,
            WaitTrigger.Downtime => first.Snapshot.Downtimes != now.Snapshot.Downtimes,
            WaitTrigger.Comment => first.Snapshot.Comments != now.Snapshot.Comments,
            WaitTrigger.Command => first.Snapshot.CommandsGiven != now.Snapshot.CommandsGiven,
            WaitTrigger.All => IsAny(first, now),
            _ => IsAny(first.Snapshot, now.Snapshot, trigger),
        };

    private static bool IsAny(LivestatusMoment first, LivestatusMoment now) =>
        first.Snapshot.Program != now.Snapshot.Program
        || first.Program.Counts.LogMessages != now.Program.Counts.LogMessages
        || first.Snapshot.Downtimes != now.Snapshot.Downtimes
        || first.Snapshot.Comments != now.Snapshot.Comments
        || first.Snapshot.CommandsGiven != now.Snapshot.CommandsGiven
        || IsAny(first.Snapshot, now.Snapshot, WaitTrigger.All);

    private static bool IsAny(EngineSnapshot first, EngineSnapshot now, WaitTrigger trigger)
    {
        for (var index = 0; index < now.Count; index++)
        {
            var id = new CheckableId(index);
            if (!ReferenceEquals(first[id], now[id]) && IsOf(trigger, first[id], now[id]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOf(WaitTrigger trigger, CheckState before, CheckState after) => trigger switch
    {
        WaitTrigger.Check => before.LastCheckTicks != after.LastCheckTicks,
        WaitTrigger.State => before.State != after.State || before.IsSoft != after.IsSoft,
        _ => true,
    };
}
