using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;

namespace Compeer.Livestatus.Planning;

/// <summary>Whether something happened between two moments.</summary>
internal static class Happened
{
    /// <summary>Whether it did.</summary>
    public static bool Between(EngineSnapshot first, EngineSnapshot now, WaitTrigger trigger)
    {
        if (first.Configuration != now.Configuration)
        {
            return true;
        }

        if (trigger == WaitTrigger.Program)
        {
            return first.Program != now.Program;
        }

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
