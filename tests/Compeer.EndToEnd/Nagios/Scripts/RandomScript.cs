namespace Compeer.EndToEnd.Nagios.Scripts;

/// <summary>
/// One script of random steps: results, switches, notifications with escalations and dependencies, downtimes, acknowledgements and
/// comments, without what Nagios and Naemon do differently: no service has a problem while its host is down, passive results of hosts are
/// hard, nothing flaps, nothing is acknowledged that is no problem or is already, nothing recovers in a downtime, of services only
/// problems put off notifications and count them, no period opens again, and flexible downtimes are of what nobody is told of. So both
/// must write the same.
/// </summary>
/// <param name="seed">From which all of it follows.</param>
internal sealed class RandomScript(int seed)
{
    private static readonly string[] Outputs =
        ["fine", "no answer", "one;two", "some text | a=1;2;3 b=4", "  padded  ", "größer", "100% of $X$ \"used\"", "|only=1", "a\\b"];

    private readonly Random _random = new(seed);
    private readonly List<string> _lines = [$"script random_{seed}"];
    private readonly List<RandomObject> _hosts = [];
    private readonly List<RandomObject> _services = [];
    private int _texts;

    /// <summary>The script.</summary>
    public ComparedScript Make(int steps)
    {
        _lines.Add($"contact ann@{Sometimes(3, " service_notification_options=", () => Some("w,u,c,r,s"))}");
        _lines.Add($"contact bob@{Sometimes(2, " host_notification_options=", () => Some("d,u,r,s"))}"
            + Sometimes(4, " service_notification_period=", () => "never"));
        AddHosts();
        AddServices();
        AddRules();
        for (var step = 0; step < steps; step++)
        {
            Step();
        }

        // The last results are told by the next ones, which must be taken.
        _lines.AddRange(_hosts.Concat(_services).Select(subject => $"ENABLE_PASSIVE_{subject.Kind}_CHECKS;{subject.Name}"));
        return ComparedScript.Parse(_lines);
    }

    /// <summary>Hosts whose results come and go, with parents among themselves.</summary>
    private void AddHosts()
    {
        for (var count = _random.Next(1, 4); count > 0; count--)
        {
            var parents = _hosts.Where(_ => _random.Next(3) == 0).Select(host => host.Name).ToList();
            var host = new RandomObject($"h{_hosts.Count}@") { IsSilent = _random.Next(3) == 0 };
            _lines.Add($"host {host.Name} max_check_attempts={_random.Next(1, 5)} _RACK=7{Extras("o,d,u", "d,u,r,s", host.IsSilent)}"
                + (parents.Count > 0 ? $" parents={string.Join(',', parents)}" : ""));
            _hosts.Add(host);
        }
    }

    /// <summary>Services of another host, which stays up.</summary>
    private void AddServices()
    {
        _lines.Add("host up@");
        for (var count = _random.Next(1, 5); count > 0; count--)
        {
            var service = new RandomObject($"up@;s{_services.Count}@") { IsSilent = _random.Next(4) == 0 };
            _lines.Add(
                $"service up@ s{_services.Count}@ max_check_attempts={_random.Next(1, 5)} is_volatile={(_random.Next(4) == 0 ? 1 : 0)}"
                + $" _RACK=7{Extras("o,w,u,c", "w,u,c,r,s", service.IsSilent)}{Sometimes(6, " initial_state=", () => "w")}");
            _services.Add(service);
        }
    }

    private void AddRules()
    {
        _lines.Add($"hostgroup hosts@ members={string.Join(',', _hosts.Select(host => host.Name))}");
        _lines.Add($"servicegroup services@ members={string.Join(',', _services.Select(service => service.Name.Replace(';', ',')))}");
        foreach (var service in _services.Where(_ => _random.Next(4) == 0))
        {
            _lines.Add($"serviceescalation {service.Name.Replace(';', ' ')} first_notification={_random.Next(1, 4)}"
                + $" last_notification={(_random.Next(2) == 0 ? 0 : _random.Next(4, 6))} notification_interval=0 contacts=bob@"
                + Sometimes(2, " escalation_options=", () => Some("w,u,c,r")));
        }

        foreach (var host in _hosts.Where(_ => _random.Next(4) == 0))
        {
            _lines.Add($"hostescalation {host.Name} first_notification={_random.Next(1, 3)} last_notification=0 notification_interval=0"
                + " contacts=bob@");
            host.IsSilent = false;
        }

        foreach (var (number, service) in _services.Index().Skip(1).Where(_ => _random.Next(4) == 0))
        {
            var master = _services[_random.Next(number)].Name.Replace(';', ' ');
            _lines.Add(
                $"servicedependency {master} {service.Name.Replace(';', ' ')} notification_failure_criteria={Some("o,w,u,c")}");
        }
    }

    private string Extras(string states, string told, bool isSilent) =>
        (isSilent ? "" : Sometimes(2, " event_handler=", () => "handle"))
        + Sometimes(3, " stalking_options=", () => _random.Next(2) == 0 ? states : states[..1])
        + (isSilent ? "" : $" contacts={(_random.Next(2) == 0 ? "ann@" : "ann@,bob@")}")
        + Sometimes(3, " notification_options=", () => Some(told))
        + Sometimes(6, " notification_period=", () => "never")
        + Sometimes(4, " notification_interval=", () => "5000")
        + Sometimes(8, " first_notification_delay=", () => "5000");

    private void Step()
    {
        var subject = _random.Next(3) == 0 ? Pick(_hosts) : Pick(_services);
        var (kind, name) = (subject.Kind, subject.Name);
        switch (_random.Next(30))
        {
            case < 15:
                Result(subject);
                break;
            case 15:
                Switch(subject.IsHost ? "PASSIVE_HOST_CHECKS" : "PASSIVE_SVC_CHECKS", name, [subject]);
                break;
            case 16 when _random.Next(2) == 0:
                Switch("SERVICEGROUP_PASSIVE_SVC_CHECKS", "services@", _services);
                break;
            case 16:
                Switch("HOSTGROUP_PASSIVE_HOST_CHECKS", "hosts@", _hosts);
                break;
            case 17 or 18:
                _lines.Add(Setting(kind, name));
                break;
            case 19 or 20:
                _lines.Add(Notifying(kind, name));
                break;
            case 21 or 22 when subject.State != 0:
                _lines.Add($"REMOVE_{kind}_ACKNOWLEDGEMENT;{name}");
                _lines.Add($"ACKNOWLEDGE_{kind}_PROBLEM;{name};{(_random.Next(2) == 0 ? 0 : 2)};{_random.Next(2)};{_random.Next(2)};"
                    + $"anna;known {_texts++}");
                break;
            case 21 or 22:
                _lines.Add($"REMOVE_{kind}_ACKNOWLEDGEMENT;{name}");
                break;
            case 23 or 24:
                _lines.Add(_random.Next(4) == 0
                    ? $"DEL_ALL_{kind}_COMMENTS;{name}"
                    : $"ADD_{kind}_COMMENT;{name};{_random.Next(2)};bob;noted; number {_texts++}");
                break;
            case < 28 when subject.Downtime is not null:
                _lines.Add($"DEL_DOWNTIME_BY_START_TIME_COMMENT;;{subject.Downtime}");
                Await(subject, "CANCELLED", subject.IsInDowntime);
                subject.Cancel();
                break;
            case < 28:
                Schedule(subject);
                break;
            default:
                _lines.Add($"SEND_CUSTOM_{kind}_NOTIFICATION;{name};{_random.Next(subject.IsHost ? 8 : 4)};anna;look at number {_texts++}");
                break;
        }
    }

    private void Result(RandomObject subject)
    {
        // The state before again as often as not: attempts run out, and what was told is told again or is not.
        var state = _random.Next(2) == 0 ? subject.State : _random.Next(subject.IsHost ? 3 : 4);
        if (state == 0 && subject.IsInDowntime)
        {
            // Of a recovery in a downtime Nagios tells nobody.
            state = subject.State;
        }

        _lines.Add($"result {subject.Name} {state} {Pick(Outputs)}");
        Await(subject, "STARTED", subject.Take(state));
    }

    private void Schedule(RandomObject subject)
    {
        var isNow = _random.Next(4) > 0;
        var isFlexible = isNow && subject is { IsHost: true, IsSilent: true } && _random.Next(2) == 0;
        subject.Schedule($"work {_texts++} at {subject.Name.Replace(';', ' ')}", isNow, isFlexible);
        var (begin, end) = isNow ? ("{now-1}", "{now+5000}") : ("{now+5000}", "{now+9000}");
        _lines.Add($"SCHEDULE_{subject.Kind}_DOWNTIME;{subject.Name};{begin};{end};{(isFlexible ? 0 : 1)};0;4000;anna;{subject.Downtime}");
        Await(subject, "STARTED", subject.IsInDowntime);
    }

    private void Await(RandomObject subject, string what, bool comes)
    {
        if (comes)
        {
            _lines.Add($"await DOWNTIME ALERT: {subject.Name};{what}");
        }
    }

    /// <summary>On more often than off, so that most results are taken.</summary>
    private void Switch(string what, string name, IReadOnlyList<RandomObject> subjects)
    {
        var isOn = _random.Next(4) > 0;
        _lines.Add($"{OnOff(isOn)}_{what};{name}");
        foreach (var subject in subjects)
        {
            subject.TakesResults = isOn;
        }
    }

    private string Setting(string kind, string name) => _random.Next(6) switch
    {
        0 => $"{OnOff(_random.Next(2) == 0)}_{kind}_EVENT_HANDLER;{name}",
        1 => $"CHANGE_RETRY_{kind}_CHECK_INTERVAL;{name};{_random.Next(1, 100)}",
        2 => $"DISABLE_{kind}_CHECK;{name}",
        3 => $"CHANGE_CUSTOM_{kind}_VAR;{name};RACK;{_random.Next(100)}",
        4 => $"{(_random.Next(2) == 0 ? "START" : "STOP")}_OBSESSING_OVER_{kind};{name}",
        _ => $"_ANYTHING;{name};{_random.Next(100)}",
    };

    private string Notifying(string kind, string name) => _random.Next(8) switch
    {
        < 3 => $"{OnOff(_random.Next(3) > 0)}_{kind}_NOTIFICATIONS;{name}",
        3 => $"{OnOff(_random.Next(3) > 0)}_CONTACT_{kind}_NOTIFICATIONS;ann@",
        4 => $"CHANGE_{kind}_NOTIFICATION_TIMEPERIOD;{name};never",
        5 when kind == "HOST" => $"DELAY_HOST_NOTIFICATION;{name};{(_random.Next(2) == 0 ? "{now-10}" : "{now+5000}")}",
        6 when kind == "HOST" => $"SET_HOST_NOTIFICATION_NUMBER;{name};{_random.Next(5)}",
        _ => $"{OnOff(_random.Next(3) > 0)}_HOST_SVC_NOTIFICATIONS;up@",
    };

    private static string OnOff(bool isOn) => isOn ? "ENABLE" : "DISABLE";

    /// <summary>At least one of the options.</summary>
    private string Some(string options)
    {
        var all = options.Split(',');
        var chosen = all.Where(_ => _random.Next(2) == 0).ToList();
        return chosen.Count > 0 ? string.Join(',', chosen) : Pick(all);
    }

    private string Sometimes(int of, string text, Func<string> value) => _random.Next(of) == 0 ? text + value() : "";

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
