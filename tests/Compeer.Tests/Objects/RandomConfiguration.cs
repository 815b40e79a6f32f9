using System.Text;

namespace Compeer.Tests.Objects;

/// <summary>
/// Random configurations that Naemon and Nagios take without an error and understand alike: templates over templates,
/// additive and cancelled lists, groups in groups, services on hosts and groups, dependencies and escalations. Made of few
/// names, so that their parts meet.
/// </summary>
internal sealed class RandomConfiguration(int seed, bool withNull)
{
    private const int Hosts = 6;
    private const int Groups = 4;
    private const int Services = 5;
    private const int Templates = 4;

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();

    public string Create()
    {
        WriteCommon();
        WriteTemplates("host", hasPlace: false);
        WriteTemplates("service", hasPlace: true);
        for (int i = 0; i < Groups; i++)
        {
            WriteHostGroup(i);
        }

        for (int i = 0; i < Hosts; i++)
        {
            WriteHost(i);
        }

        for (int i = 0; i < Services; i++)
        {
            WriteService(i);
        }

        WriteRelations();
        return _text.ToString();
    }

    private void WriteCommon() => _text.Append("""
        define timeperiod {
          timeperiod_name p0
          alias always
          monday 00:00-24:00
        }
        define timeperiod {
          timeperiod_name p1
          alias work
          monday 09:00-17:00
          exclude p0
        }
        define command {
          command_name c0
          command_line /bin/true
        }
        define command {
          command_name c1
          command_line /bin/true $ARG1$
        }
        define contact {
          name t
          register 0
          host_notification_period p0
          service_notification_period p0
          host_notification_commands c0
          service_notification_commands c1!x,c0
          host_notification_options d,r
          service_notification_options c,r
        }
        define contact {
          use t
          contact_name u0
          contactgroups k0
        }
        define contact {
          use t
          contact_name u1
        }
        define contact {
          use t
          contact_name u2
          contactgroups k0,k1
        }
        define contactgroup {
          contactgroup_name k0
          alias k0
        }
        define contactgroup {
          contactgroup_name k1
          alias k1
          members u1
        }

        """);

    private void WriteTemplates(string type, bool hasPlace)
    {
        Open(type);
        Line("name", "base");
        Line("register", "0");
        Line("check_command", "c0");
        Line("max_check_attempts", "3");
        Line("check_period", "p0");
        Line("notification_period", "p0");
        Line("contacts", "u0");
        Close();
        for (int i = 0; i < Templates; i++)
        {
            Open(type);
            Line("name", $"t{i}");
            Line("register", "0");

            // Only templates before this one, so that there is no circle.
            Maybe(2, "use", () => Pick(i, n => $"t{n}"));
            Settings(hasPlace);
            Close();
        }
    }

    private void WriteHostGroup(int number)
    {
        Open("hostgroup");
        Line("hostgroup_name", $"g{number}");
        Maybe(2, "members", () => _random.Next(4) == 0 ? "*,!h1" : Pick(Hosts, n => $"h{n}"));
        Maybe(3, "hostgroup_members", () => Pick(number, n => $"g{n}"));
        Close();
    }

    private void WriteHost(int number)
    {
        Open("host");
        Line("host_name", $"h{number}");
        Line("use", Uses());
        Maybe(2, "hostgroups", () => Pick(Groups, n => $"g{n}"));
        Maybe(3, "parents", () => Pick(number, n => $"h{n}"));
        Settings(isService: false);
        Close();
    }

    private void WriteService(int number)
    {
        Open("service");
        Line("service_description", $"s{number}");
        Line("use", Uses());
        switch (number == 0 ? 3 : _random.Next(4))
        {
            case 0:
                Line("host_name", "*,!h0");
                break;
            case 1:
                Line("hostgroup_name", Pick(Groups, n => $"g{n}"));
                Line("host_name", "h0");
                break;
            default:
                Line("host_name", "h0," + Pick(Hosts, n => $"h{n}"));
                break;
        }

        Settings(isService: true);
        Close();
    }

    private void WriteRelations()
    {
        Open("hostdependency");
        Line("host_name", Pick(2, n => $"h{n}"));
        Line("dependent_host_name", Pick(Hosts - 2, n => $"h{n + 2}"));
        Line("execution_failure_options", "d,u");
        Maybe(1, "notification_failure_options", () => "o");
        Close();
        Open("hostescalation");
        Line("host_name", "*,!h2");
        Line("first_notification", "2");
        Line("last_notification", "0");
        Maybe(2, "contacts", () => "+u1");
        Maybe(2, "notification_interval", () => "17");
        Close();
        Open("serviceescalation");
        Line("host_name", "h0");
        Line("service_description", "*");
        Line("first_notification", "3");
        Line("last_notification", "5");
        Maybe(2, "contact_groups", () => "+k1");
        Close();
    }

    private void Settings(bool isService)
    {
        Maybe(3, "contacts", () => List("u", 3));
        Maybe(3, "contact_groups", () => List("k", 2));
        Maybe(3, "notes", () => _random.Next(4) == 0 ? "null" : $"note {_random.Next(5)}");
        Maybe(4, "check_command", () => $"c1!{_random.Next(4)}");
        Maybe(4, "event_handler", () => _random.Next(3) == 0 ? "null" : "c0");
        Maybe(4, "check_interval", () => $"{_random.Next(1, 9)}.5");
        Maybe(4, "notification_options", () => isService ? "w,c,r" : "d,r");
        Maybe(4, "flap_detection_options", () => isService ? "o,c" : "o,d");
        Maybe(4, "active_checks_enabled", () => $"{_random.Next(2)}");
        Maybe(4, "_VAR", () => $"v{_random.Next(4)}");
        Maybe(4, "_Other", () => $"v{_random.Next(4)}");
    }

    private string Uses() => _random.Next(2) == 0 ? "base" : Pick(Templates, n => $"t{n}") + ",base";

    private string List(string prefix, int count) => _random.Next(5) switch
    {
        0 => withNull ? "null" : "",
        1 or 2 => "+" + Pick(count, n => $"{prefix}{n}"),
        _ => Pick(count, n => $"{prefix}{n}"),
    };

    /// <summary>One to three different names of the first <paramref name="count"/>, in random order.</summary>
    private string Pick(int count, Func<int, string> name)
    {
        int[] numbers = [.. Enumerable.Range(0, count)];
        _random.Shuffle(numbers);
        return string.Join(',', numbers.Take(_random.Next(1, 4)).Select(name));
    }

    private void Maybe(int outOf, string directive, Func<string> value)
    {
        if (_random.Next(outOf) == 0 && value() is { Length: > 0 } text)
        {
            Line(directive, text);
        }
    }

    private void Open(string type) => _text.Append("define ").Append(type).Append(" {\n");

    private void Line(string directive, string value) =>
        _text.Append("  ").Append(directive).Append(' ').Append(value).Append('\n');

    private void Close() => _text.Append("}\n");
}
