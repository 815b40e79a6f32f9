using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Comments;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Events;
using Compeer.Engine.Macros;
using Compeer.Engine.Maintenance;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Commands;

/// <summary>The commands that schedule downtimes: of one object or of many, all of them or none.</summary>
internal sealed class DowntimeCommands(EngineState engine, ObjectEntries entries)
{
    private const int Start = 1;
    private const int End = 2;
    private const int Fixed = 3;
    private const int Trigger = 4;
    private const int Duration = 5;
    private const int Author = 6;
    private const int Comment = 7;

    /// <summary>Does a command.</summary>
    /// <returns>Null when it was done; else why not.</returns>
    public string? Do(EngineTime now, ParsedCommand command, Transition transition)
    {
        CheckableId[] objects = [.. Objects(command)];
        if ((objects.Length == 0 ? "it has no members" : Refusal(now, command, objects.Length)) is { } failure)
        {
            return failure;
        }

        var trigger = command.Number(Trigger) > 0 ? engine.Site.Downtimes.Find((ulong)command.Number(Trigger))?.Id : null;
        var first = Schedule(now, command, objects[0], trigger, transition);
        foreach (var id in objects.Skip(1))
        {
            // Those of the hosts behind a host begin by themselves, or with its own.
            var by = command.Name switch
            {
                "SCHEDULE_AND_PROPAGATE_TRIGGERED_HOST_DOWNTIME" => first,
                "SCHEDULE_AND_PROPAGATE_HOST_DOWNTIME" => null,
                _ => trigger,
            };
            Schedule(now, command, id, by, transition);
        }

        return null;
    }

    private IEnumerable<CheckableId> Objects(ParsedCommand command) => command.Name switch
    {
        "SCHEDULE_HOST_SVC_DOWNTIME" => CommandObjects.Of(engine.Site, CommandScope.ServicesOfHost, command),
        "SCHEDULE_HOSTGROUP_HOST_DOWNTIME" => CommandObjects.Of(engine.Site, CommandScope.HostsOfGroup, command),
        "SCHEDULE_HOSTGROUP_SVC_DOWNTIME" => CommandObjects.Of(engine.Site, CommandScope.ServicesOfHostGroup, command),
        "SCHEDULE_SERVICEGROUP_HOST_DOWNTIME" => CommandObjects.Of(engine.Site, CommandScope.HostsOfServiceGroup, command),
        "SCHEDULE_SERVICEGROUP_SVC_DOWNTIME" => CommandObjects.Of(engine.Site, CommandScope.ServicesOfGroup, command),
        "SCHEDULE_AND_PROPAGATE_HOST_DOWNTIME" or "SCHEDULE_AND_PROPAGATE_TRIGGERED_HOST_DOWNTIME" =>
            WithChildren(command.Subject<HostDefinition>()),
        _ => [CommandObjects.Itself(engine.Site, command)],
    };

    /// <summary>A host and all behind it, each once; Naemon has the host alone where circles are allowed.</summary>
    private IEnumerable<CheckableId> WithChildren(HostDefinition host)
    {
        HashSet<HostId> seen = [host.Id];
        Queue<HostId> open = new([host.Id]);
        while (open.TryDequeue(out var next))
        {
            yield return CheckableId.Of(next);
            foreach (var child in engine.Site.Main.AllowCircularDependencies ? [] : engine.Site.Children.Of(next).ToArray())
            {
                if (seen.Add(child))
                {
                    open.Enqueue(child);
                }
            }
        }
    }

    private string? Refusal(EngineTime now, ParsedCommand command, int count)
    {
        var trigger = command.Number(Trigger);
        if (command.Number(Start) >= command.Number(End))
        {
            return "it does not end after its start";
        }

        if (CommandTime.Of(command.Number(End)) <= now.Wall)
        {
            return "its end is past";
        }

        if (command.Number(Fixed) == 0 && command.Number(Duration) is <= 0 or > int.MaxValue)
        {
            return "a flexible one needs a duration, seconds";
        }

        if (trigger < 0 || (trigger > 0 && engine.Site.Downtimes.Find((ulong)trigger) is null))
        {
            return $"there is no downtime {trigger} to trigger it";
        }

        return EntryLimits.Refusal(command.Text(Author), command.Text(Comment))
            ?? (engine.Site.Downtimes.All.Count + count > EngineLimits.Downtimes
                ? $"there would be more than {EngineLimits.Downtimes} downtimes"
                : entries.Comments.Refusal(count));
    }

    private EntryId Schedule(EngineTime now, ParsedCommand command, CheckableId id, EntryId? trigger, Transition transition)
    {
        var site = engine.Site;
        var start = CommandTime.Of(command.Number(Start));
        var end = CommandTime.Of(command.Number(End));
        var isFixed = command.Number(Fixed) != 0;
        var duration = isFixed ? end - start : TimeSpan.FromSeconds(command.Number(Duration));
        var author = command.Text(Author);
        var text = Describe(site, site.Table.IsHost(id), start, end, isFixed, duration);
        var comment = entries.Comments.Add(
            now, id, CommentKind.Downtime, now.Wall, author, text, isPersistent: false, expiresTicks: 0, transition);
        var downtime = new Downtime
        {
            Id = engine.Numbers.NextDowntime(site),
            Object = ObjectName.Of(site.Table[id]),
            EntryTicks = CommandTime.Of(command.EntryTime).UtcTicks,
            Author = author,
            Text = command.Text(Comment),
            StartTicks = start.UtcTicks,
            EndTicks = end.UtcTicks,
            IsFixed = isFixed,
            DurationTicks = duration.Ticks,
            Trigger = trigger,
            CommentId = comment,
        };
        entries.Downtimes.Schedule(now, id, downtime, transition);
        return downtime.Id;
    }

    private static string Describe(
        EngineSite site, bool isHost, DateTimeOffset start, DateTimeOffset end, bool isFixed, TimeSpan duration)
    {
        var name = isHost ? "host" : "service";
        var from = TimeMacros.ShortDateTime(site.MacroContext, start);
        var to = TimeMacros.ShortDateTime(site.MacroContext, end);
        return isFixed
            ? $"A fixed downtime of this {name} is scheduled from {from} to {to}. Nobody is notified about the {name} meanwhile."
            : $"A flexible downtime of this {name} is scheduled: it begins with a problem between {from} and {to} and lasts "
                + $"{(int)duration.TotalHours} hours and {duration.Minutes} minutes. Nobody is notified about the {name} meanwhile.";
    }
}
