using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;
using Compeer.Livestatus.Filters;
using Compeer.Livestatus.Log;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Tables;

/// <summary>
/// Makes the history of hosts and services from the lines of the log, by the rules of naemon-livestatus' table <c>statehist</c>: a span
/// ends where something of the object changes; a host's state and downtimes are its services' too. The lines begin with those of
/// the file in which the time asked for begins, so that states of before it are known.
/// </summary>
/// <param name="scope">What is configured.</param>
/// <param name="times">What is asked for, in seconds since 1970.</param>
/// <param name="onlyHost">The one host that is asked for; null for all.</param>
/// <param name="onlyService">The one description of services that is asked for; null for all.</param>
internal sealed class StateHistory(QueryScope scope, NumberRange times, string? onlyHost, string? onlyService)
{
    /// <summary>What first appears later than this after the beginning was not monitored until then.</summary>
    private const long Grace = 600;

    private readonly SortedDictionary<int, ObjectHistory> _objects = [];
    private readonly Dictionary<string, bool> _periods = new(StringComparer.Ordinal);
    private readonly List<StateSpan> _spans = [];
    private bool _isInList;

    /// <summary>The spans, in the order in which they end.</summary>
    public IEnumerable<StateSpan> Spans(IEnumerable<LogLine> lines)
    {
        foreach (var line in lines)
        {
            if (line.Time > times.Most)
            {
                break;
            }

            Take(line);
            foreach (var span in _spans)
            {
                yield return span;
            }

            _spans.Clear();
        }

        foreach (var history in _objects.Values)
        {
            history.HasVanished = history.MissingSince is not null;
            LeaveIfMissing(history);
            End(history, times.Most);
        }

        foreach (var span in _spans)
        {
            yield return span;
        }
    }

    private void Take(LogLine line)
    {
        var parts = line.Parts;
        if (_isInList && parts.Kind != LogLineKind.InitialState)
        {
            _isInList = false;
            foreach (var history in _objects.Values)
            {
                history.HasVanished = history.MissingSince is not null;
            }
        }

        switch (parts.Kind)
        {
            case LogLineKind.None:
                break;
            case LogLineKind.StatesFollow:
                _isInList = true;
                foreach (var history in _objects.Values)
                {
                    history.MissingSince ??= line.Time;
                }

                break;
            case LogLineKind.TimePeriod:
                TakePeriod(line);
                break;
            default:
                if (Find(line) is { } found)
                {
                    TakeObject(line, found);
                }

                break;
        }
    }

    /// <summary><c>TIMEPERIOD TRANSITION: name;from;to</c>.</summary>
    private void TakePeriod(LogLine line)
    {
        var parts = ConfigurationText.Decode(line.Text(line.Parts.Options)).Split(';');
        if (parts.Length < 3)
        {
            return;
        }

        var isIn = parts[2].Trim() == "1";
        _periods[parts[0]] = isIn;
        foreach (var history in _objects.Values)
        {
            var now = history.Now;
            now = parts[0] == history.NotificationPeriod ? now with { IsInNotificationPeriod = isIn } : now;
            now = parts[0] == history.ServicePeriod ? now with { IsInServicePeriod = isIn } : now;
            Change(history, line, now, "time period");
        }
    }

    private void TakeObject(LogLine line, ObjectHistory history)
    {
        LeaveIfMissing(history);
        var parts = line.Parts;
        var now = history.Now;
        var begins = line.Text(parts.StateType).StartsWith("STARTED"u8);
        (now, var because) = parts.Kind switch
        {
            LogLineKind.State or LogLineKind.InitialState =>
                (now with { State = parts.State, IsHostDown = parts.IsOfService ? now.IsHostDown : parts.State > 0 }, "state"),
            LogLineKind.Downtime => (now with
            {
                IsInDowntime = begins,
                IsInHostDowntime = parts.IsOfService ? now.IsInHostDowntime : begins,
            }, "downtime"),
            _ => (now with { IsFlapping = begins }, "flapping"),
        };
        Change(history, line, now with { Output = line.Text(parts.Output).ToArray() }, because);
        if (!parts.IsOfService && parts.Kind != LogLineKind.Flapping)
        {
            foreach (var service in ServicesOf((HostDefinition)history.Subject))
            {
                var after = service.Now with { IsHostDown = now.IsHostDown, IsInHostDowntime = now.IsInHostDowntime };
                Change(service, line, after, $"{because} of the host");
            }
        }
    }

    private IEnumerable<ObjectHistory> ServicesOf(HostDefinition host)
    {
        foreach (var service in scope.Index.ServicesOf(host).ToArray())
        {
            if (_objects.TryGetValue(scope.IdOf(service).Index, out var history))
            {
                yield return history;
            }
        }
    }

    private void Change(ObjectHistory history, LogLine line, Condition now, string because)
    {
        if (now.DiffersFrom(history.Now))
        {
            End(history, line.Time);
            now = now with { Because = because };
        }

        history.Now = now;
        history.Line = line.Number;
    }

    /// <summary>A list of all states did not have it: it was not monitored from then on.</summary>
    private void LeaveIfMissing(ObjectHistory history)
    {
        if (history is { HasVanished: true, MissingSince: { } since })
        {
            End(history, since);
            history.Now = Fresh(history, Condition.Unmonitored);
        }

        history.MissingSince = null;
        history.HasVanished = false;
    }

    /// <summary>Ends a span; one of no length, or before what is asked for, is none.</summary>
    private void End(ObjectHistory history, long at)
    {
        if (at > history.Since)
        {
            _spans.Add(new StateSpan(history.Subject, history.Now, history.Since, at, history.Line, times.Most - times.Least));
            history.Since = at;
        }
    }

    private ObjectHistory? Find(LogLine line)
    {
        var parts = line.Parts;
        var host = ConfigurationText.Decode(line.Text(parts.Host));
        if ((onlyHost is not null && onlyHost != host) || scope.Snapshot.Objects.FindHost(host) is not { } found)
        {
            return null;
        }

        if (!parts.IsOfService)
        {
            return HistoryOf(found, line);
        }

        var description = ConfigurationText.Decode(line.Text(parts.Service));
        return (onlyService is null || onlyService == description) && scope.Index.FindService(host, description) is { } service
            ? HistoryOf(service, line)
            : null;
    }

    private ObjectHistory HistoryOf(CheckableDefinition subject, LogLine line)
    {
        var id = scope.IdOf(subject).Index;
        if (_objects.TryGetValue(id, out var history))
        {
            return history;
        }

        var isNew = line.Time - times.Least > Grace;
        history = new ObjectHistory
        {
            Subject = subject,
            NotificationPeriod = scope.NotifyingOf(subject).Period?.Name ?? "",
            ServicePeriod = subject.CustomVariables
                .FirstOrDefault(pair => pair.Key.Equals("SERVICE_PERIOD", StringComparison.OrdinalIgnoreCase)).Value ?? "",
            Now = new Condition { State = isNew ? Condition.Unmonitored : line.Parts.State },
            Since = times.Least,
        };
        history.Now = Fresh(history, history.Now.State);
        if (subject is ServiceDefinition service && _objects.TryGetValue(scope.IdOf(service.Host).Index, out var host))
        {
            history.Now = history.Now with { IsHostDown = host.Now.IsHostDown, IsInHostDowntime = host.Now.IsInHostDowntime };
        }

        _objects.Add(id, history);
        return history;
    }

    private Condition Fresh(ObjectHistory history, int state) => new()
    {
        State = state,
        IsHostDown = history.Subject is HostDefinition ? state > 0 : history.Now.IsHostDown,
        IsInHostDowntime = history.Now.IsInHostDowntime,
        IsInNotificationPeriod = _periods.GetValueOrDefault(history.NotificationPeriod, true),
        IsInServicePeriod = _periods.GetValueOrDefault(history.ServicePeriod, true),
    };
}
