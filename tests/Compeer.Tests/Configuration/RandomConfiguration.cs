namespace Compeer.Tests.Configuration;

/// <summary>
/// Random configurations that Naemon and Nagios take without an error and understand alike: templates over templates, additive
/// and cancelled lists, groups in groups, wildcards, exclusions and regular expressions, services on hosts and groups, time
/// periods; <see cref="RandomRelations"/> adds dependencies, escalations and extended information. Made of few names, so that
/// their parts meet.
/// </summary>
internal sealed class RandomConfiguration(int seed, bool withNull)
{
    internal const int Hosts = 6;
    internal const int Groups = 4;
    private const int Services = 5;
    private const int Templates = 4;

    private readonly RandomText _text = new(seed, hasPatterns: seed % 3 == 1);

    /// <summary>Lines of the main configuration.</summary>
    public string Main => _text.HasPatterns ? "use_regexp_matching=1\n" : "";

    /// <summary>The features that were drawn.</summary>
    public IReadOnlySet<string> Drawn => _text.Drawn;

    public string Create()
    {
        WriteCommon();
        RandomTimePeriods.Write(_text);
        WriteContacts();
        WriteTemplates("host");
        WriteTemplates("service");
        for (var i = 0; i < Groups; i++)
        {
            WriteHostGroup(i);
        }

        for (var i = 0; i < Hosts; i++)
        {
            WriteHost(i);
        }

        for (var i = 0; i < Services; i++)
        {
            WriteService(i);
        }

        RandomRelations.Write(_text);
        return _text.ToString();
    }

    private void WriteCommon() => _text.Raw("""
        define command {
          command_name c0
          command_line /bin/true
        }
        define command {
          name ct
          register 0
          command_line /bin/true $ARG1$
        }
        define command {
          use ct
          command_name c1
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

        """);

    private void WriteContacts()
    {
        for (var i = 0; i < 3; i++)
        {
            _text.Block(
                "contact",
                ("use", "t"),
                ("contact_name", $"u{i}"),
                ("contactgroups", _text.Maybe(2, "contact in groups", () => _text.Names("k", 3, "contact groups"))),
                ("host_notification_commands", _text.Maybe(4, "additive commands", () => "+c1!y")),
                ("service_notification_options", _text.Maybe(4, "options of contacts", () => "w,u")),
                ("email", _text.Maybe(3, "address", () => "a@b")),
                ("_CV", _text.Maybe(3, "variable of a contact", () => $"{_text.Next(3)}")));
        }

        for (var i = 0; i < 3; i++)
        {
            var number = i;
            _text.Block(
                "contactgroup",
                ("contactgroup_name", $"k{i}"),
                ("members", _text.Maybe(2, "members of contact groups", () => _text.Names("u", 3, "contacts"))),
                ("contactgroup_members", i == 0
                    ? null
                    : _text.Maybe(3, "contact groups in contact groups", () => _text.Pick(number, n => $"k{n}"))));
        }
    }

    private void WriteTemplates(string type)
    {
        _text.Block(
            type,
            ("name", "base"),
            ("register", "0"),
            ("check_command", "c0"),
            ("max_check_attempts", "3"),
            ("check_period", "p0"),
            ("notification_period", "p0"),
            ("contacts", "u0"));
        for (var i = 0; i < Templates; i++)
        {
            var number = i;
            _text.Open(type);
            _text.Line("name", $"t{i}");
            _text.Line("register", "0");

            // Only templates before this one, so that there is no circle.
            _text.Line("use", i == 0 ? null : _text.Maybe(2, "templates of templates", () => _text.Pick(number, n => $"t{n}")));
            Settings(type == "service");
            _text.Close();
        }
    }

    private void WriteHostGroup(int number)
    {
        // The first host is in every group: Nagios refuses relations on groups without hosts.
        _text.Open("hostgroup");
        _text.Line("hostgroup_name", $"g{number}");
        _text.Line("members", _text.OneIn(2) ? "h0" : WithFirst(_text.Names("h", Hosts, "group members")));
        _text.Line("hostgroup_members", number == 0
            ? null
            : _text.Maybe(3, "host groups in host groups", () => _text.Pick(number, n => $"g{n}")));
        _text.Line("notes", _text.Maybe(4, "notes of groups", () => "n"));
        _text.Close();
    }

    private void WriteHost(int number)
    {
        _text.Open("host");
        _text.Line("host_name", $"h{number}");
        _text.Line("use", Uses());
        var own = _text.Maybe(2, "host in groups", () => _text.Names("g", Groups, "host groups of a host"));
        _text.Line("hostgroups", own is not null && _text.OneIn(3) ? _text.One(("additive groups", "+" + own)) : own);
        _text.Line("parents", number == 0 ? null : _text.Maybe(3, "parents of hosts", () => _text.Pick(number, n => $"h{n}")));
        Settings(isService: false);
        _text.Close();
    }

    private void WriteService(int number)
    {
        _text.Open("service");
        _text.Line("service_description", $"s{number}");
        _text.Line("use", Uses());
        switch (number == 0 ? 3 : _text.Next(5))
        {
            case 0:
                _text.Line("host_name", _text.HasPatterns ? "h[0-3]+" : _text.One(("service on all hosts but one", "*,!h1")));
                break;
            case 1:
                var groups = _text.Names("g", Groups, "host groups of a service");
                _text.Line("hostgroup_name", groups.Replace("!g", "!g0,!g", StringComparison.Ordinal));
                _text.Line("host_name", _text.One(("service on host and group", "h0")));
                break;
            case 2:
                _text.Line("hostgroup_name", _text.One(("service on groups", _text.Pick(Groups, n => $"g{n}"))));
                _text.Line("host_name", _text.HasPatterns ? null : _text.Maybe(3, "service on a group but for a host", () => "!h2"));
                break;
            default:
                _text.Line("host_name", _text.One(("service on hosts", WithFirst(_text.Names("h", Hosts, "hosts of a service")))));
                break;
        }

        _text.Line("servicegroups", _text.Maybe(3, "service in groups", ServiceGroups));
        Settings(isService: true);
        _text.Close();
    }

    private void Settings(bool isService)
    {
        _text.Line("contacts", _text.Maybe(3, "contacts", () => List("u", 3)));
        _text.Line("contact_groups", _text.Maybe(3, "contact groups", () => List("k", 2)));
        _text.Line("notes", _text.Maybe(3, "notes", () => withNull && _text.OneIn(4) ? "null" : $"note {_text.Next(5)}"));
        _text.Line("check_command", isService
            ? _text.Maybe(4, "check command of a service", () => _text.OneIn(3) ? $"!c1!{_text.Next(4)}" : $"c1!{_text.Next(4)}")
            : _text.Maybe(4, "check command of a host", () => $"c1!{_text.Next(4)}"));
        _text.Line("event_handler", _text.Maybe(4, "event handler", () => withNull && _text.OneIn(3) ? "null" : "c0"));
        _text.Line("check_interval", _text.Maybe(4, "interval", () => $"{_text.Next(8) + 1}.5"));
        _text.Line("notification_interval", _text.Maybe(4, "notification interval", () => $"{_text.Next(9)}"));
        _text.Line("notification_period", _text.Maybe(5, "notification period", () => withNull && _text.OneIn(3) ? "null" : "p1"));
        _text.Line("notification_options", _text.Maybe(4, "notification options", () => isService ? "w,c,r" : "d,r"));
        _text.Line("flap_detection_options", _text.Maybe(4, "flap options", () => isService ? "o,c" : "o,d"));
        _text.Line("stalking_options", _text.Maybe(5, "stalking options", () => isService ? "o,w" : "d"));
        _text.Line("active_checks_enabled", _text.Maybe(4, "switch", () => $"{_text.Next(2)}"));
        _text.Line("_VAR", _text.Maybe(4, "custom variable", () => $"v{_text.Next(4)}"));
        _text.Line("_Other", _text.Maybe(4, "custom variable in mixed case", () => $"v{_text.Next(4)}"));
    }

    /// <summary>A list of hosts with the first one, which is not left out either.</summary>
    private static string WithFirst(string hosts) => "h0," + hosts.Replace("!h0", "!h1", StringComparison.Ordinal);

    /// <summary>Those that dependencies are made of are left out, so that there is no circle.</summary>
    private string ServiceGroups()
    {
        var names = _text.Names("q", 3, "service groups of a service");
        return _text.HasPatterns
            ? names.Replace(".*", "q[0-2]+", StringComparison.Ordinal)
            : names.Replace("*", "*,!qh,!qh2,!ql", StringComparison.Ordinal);
    }

    private string Uses() => _text.OneIn(2)
        ? "base"
        : _text.One(("several templates", _text.Pick(Templates, n => $"t{n}") + ",base"))!;

    private string List(string prefix, int count) => _text.Next(5) switch
    {
        0 => withNull ? _text.One(("null", "null"))! : "",
        1 or 2 => _text.One(("additive lists", "+" + _text.Pick(count, n => $"{prefix}{n}")))!,
        _ => _text.Pick(count, n => $"{prefix}{n}"),
    };
}
