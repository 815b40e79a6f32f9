using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Events;
using Compeer.Engine.Maintenance;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Commands;

/// <summary>The commands that cancel downtimes: by number, or all that match (Naemon
/// <c>delete_downtime_by_hostname_service_description_start_time_comment</c>).</summary>
internal sealed class DowntimeRemovals(EngineState engine, DowntimeCancellation cancellation)
{
    /// <summary>Does a command.</summary>
    /// <returns>Null when it was done; else why not.</returns>
    public string? Do(EngineTime now, ParsedCommand command, Transition transition) => command.Name switch
    {
        "DEL_HOST_DOWNTIME" => Delete(now, command.Number(0), isHost: true, transition),
        "DEL_SVC_DOWNTIME" => Delete(now, command.Number(0), isHost: false, transition),
        "DEL_DOWNTIME_BY_HOST_NAME" => Delete(now, Filter(command, 0), transition),
        "DEL_DOWNTIME_BY_HOSTGROUP_NAME" => Delete(
            now, Filter(command, 1) with { Group = command.Subject<HostGroupDefinition>() }, transition),
        _ => Delete(now, new DowntimeFilter(null, null, Time(command, 0), Word(command, 1), null), transition),
    };

    private static DowntimeFilter Filter(ParsedCommand command, int place) => new(
        Word(command, place), Word(command, place + 1), Time(command, place + 2), Word(command, place + 3), null);

    private static string? Word(ParsedCommand command, int place) => command.Values[place] is string { Length: > 0 } word ? word : null;

    private static long? Time(ParsedCommand command, int place) =>
        command.Values[place] is long and not 0 ? CommandTime.Of(command.Number(place)).UtcTicks : null;

    private string? Delete(EngineTime now, long number, bool isHost, Transition transition)
    {
        if (number < 1 || engine.Site.Downtimes.Find((ulong)number) is not { } downtime || downtime.Object.Service is null != isHost)
        {
            return $"there is no downtime {number} of a {(isHost ? "host" : "service")}";
        }

        cancellation.Cancel(now, engine.Site.Find(downtime.Object)!.Value, downtime, transition);
        return null;
    }

    private string? Delete(EngineTime now, in DowntimeFilter filter, Transition transition)
    {
        if (filter.IsEmpty)
        {
            return "it does not say which";
        }

        var isFound = false;
        foreach (var downtime in Matching(filter))
        {
            // It may have gone with the one that triggered it.
            isFound = true;
            if (engine.Site.Downtimes.Find(downtime.Id) is { } present)
            {
                cancellation.Cancel(now, engine.Site.Find(present.Object)!.Value, present, transition);
            }
        }

        return isFound ? null : "there is no such downtime";
    }

    private Downtime[] Matching(DowntimeFilter filter) =>
        [.. engine.Site.Downtimes.All.Values.Where(filter.Matches).OrderBy(downtime => downtime.Id)];
}
