namespace Compeer.Tests.Configuration;

/// <summary>
/// Service groups, dependencies, escalations and extended information. Dependencies go from the services "low" to the services
/// "high", and from the later hosts to the first two, so that there is no circle.
/// </summary>
internal static class RandomRelations
{
    private const int Hosts = RandomConfiguration.Hosts;
    private const int Groups = RandomConfiguration.Groups;

    public static void Write(RandomText text)
    {
        foreach (var description in new[] { "high", "low" })
        {
            text.Block("service", ("service_description", description), ("use", "base"), ("host_name", text.Everything()));
        }

        text.Block(
            "service",
            ("service_description", "child"),
            ("use", "base"),
            ("host_name", "h0,h1"),
            ("parents", text.One(("parent on the same host", "high"), ("parents on other hosts", "h2,high,h3,low"))));
        ServiceGroups(text);
        ServiceDependencies(text);
        HostDependencies(text);
        Escalations(text);
        ExtendedInformation(text);
    }

    private static void ServiceGroups(RandomText text)
    {
        text.Block(
            "servicegroup",
            ("servicegroup_name", "qh"),
            ("members", "h0,high," + text.Pick(Hosts, n => $"h{n},high")),
            ("servicegroup_members", text.Maybe(3, "service groups in service groups", () => "qh2")));
        text.Block("servicegroup", ("servicegroup_name", "qh2"), ("members", text.Pick(Hosts, n => $"h{n},high")));
        text.Block("servicegroup", ("servicegroup_name", "ql"), ("members", "h1,low," + text.Pick(Hosts, n => $"h{n},low")));
        for (var i = 0; i < 3; i++)
        {
            var number = i;
            text.Block(
                "servicegroup",
                ("servicegroup_name", $"q{i}"),
                ("members", text.One(
                    ("no members", null),
                    ("services of a host", text.HasPatterns ? "h0,.+" : "h0,*"),
                    ("services of a host but one", text.HasPatterns ? "h1,h.+" : "h1,*,h1,!high"),
                    ("services", $"h2,low,h{text.Next(Hosts)},high"))),
                ("servicegroup_members", i == 0
                    ? null
                    : text.Maybe(3, "service groups nested", () => text.Pick(number, n => $"q{n}"))));
        }
    }

    private static void ServiceDependencies(RandomText text)
    {
        for (var i = text.Next(4); i > 0; i--)
        {
            text.Open("servicedependency");
            switch (text.Next(5))
            {
                case 0:
                    text.Line("host_name", text.One(("dependency on the same host", text.Names("h", Hosts, "hosts of masters"))));
                    text.Line("service_description", "high");
                    text.Line("dependent_service_description", "low");
                    break;
                case 1:
                    text.Line("hostgroup_name", text.One(("dependency of groups", text.Names("g", Groups, "groups of masters"))));
                    text.Line("service_description", "high");
                    text.Line("dependent_hostgroup_name", text.Pick(Groups, n => $"g{n}"));
                    text.Line("dependent_service_description", text.HasPatterns ? "low" : "low,!high");
                    break;
                case 2:
                    text.Line("servicegroup_name", text.One(("dependency of service groups", "qh")));
                    text.Line("dependent_servicegroup_name", "ql");
                    break;
                case 3:
                    text.Line("service_description", text.One(("master on the dependent's host", "high")));
                    text.Line("dependent_host_name", text.Pick(Hosts, n => $"h{n}"));
                    text.Line("dependent_service_description", "low");
                    break;
                default:
                    text.Line("servicegroup_name", text.One(("dependents on the hosts of a service group", "qh")));
                    text.Line("dependent_service_description", "low");
                    break;
            }

            Failures(text, "c,w", "u,p");
        }
    }

    private static void HostDependencies(RandomText text)
    {
        for (var i = text.Next(3); i > 0; i--)
        {
            text.Open("hostdependency");
            text.Line("host_name", text.Pick(2, n => $"h{n}"));
            text.Line("dependent_host_name", text.One(
                ("dependent hosts", text.Pick(Hosts - 2, n => $"h{n + 2}")),
                ("dependent host twice", "h3,h3,h4")));
            Failures(text, "d,u", "o");
        }

        // Hosts that join all groups must not become masters of themselves.
        var members = text.Pick(Hosts - 2, n => $"h{n + 2}") + (text.HasPatterns ? "" : ",!h0");
        text.Block("hostgroup", ("hostgroup_name", "gd"), ("members", members));
        text.Block(
            "hostdependency",
            ("host_name", "h0"),
            ("dependent_hostgroup_name", text.HasPatterns ? null : text.Maybe(2, "dependent host groups", () => "gd")),
            ("dependent_host_name", "h2"),
            ("execution_failure_options", "d"));
    }

    private static void Failures(RandomText text, string execution, string notification)
    {
        text.Line("execution_failure_options", execution);
        text.Line("notification_failure_options", text.Maybe(2, "notification dependency", () => notification));
        text.Line("inherits_parent", text.Maybe(3, "inherited dependency", () => "1"));
        text.Line("dependency_period", text.Maybe(3, "dependency period", () => "p1"));
        text.Close();
    }

    private static void Escalations(RandomText text)
    {
        for (var i = text.Next(4); i > 0; i--)
        {
            text.Open("hostescalation");
            text.Line("host_name", text.One(("escalation of hosts", text.Names("h", Hosts, "hosts of an escalation"))));
            Escalation(text, "d,r");
        }

        text.Open("hostescalation");
        text.Line("hostgroup_name", text.One(("escalation of host groups", text.Pick(Groups, n => $"g{n}"))));
        Escalation(text, "u");
        for (var i = text.Next(4); i > 0; i--)
        {
            text.Open("serviceescalation");
            if (text.OneIn(3))
            {
                text.Line("servicegroup_name", text.One(("escalation of service groups", "qh,ql"), ("one service group", "qh")));
            }
            else
            {
                var ofGroup = text.OneIn(2);
                text.Line(ofGroup ? "hostgroup_name" : "host_name", ofGroup
                    ? text.One(("service escalation of host groups", text.Pick(Groups, n => $"g{n}")))
                    : text.Names("h", Hosts, "hosts of a service escalation"));
                text.Line("service_description", text.One(
                    ("escalation of all services", text.Everything()),
                    ("escalation of services", "high,low"),
                    ("escalation of all services but one", text.HasPatterns ? "high" : "*,!low")));
            }

            Escalation(text, "w,c");
        }
    }

    private static void Escalation(RandomText text, string options)
    {
        text.Line("first_notification", $"{text.Next(4)}");
        text.Line("last_notification", $"{text.Next(9)}");
        text.Line("contacts", text.Maybe(2, "contacts of an escalation", () => text.OneIn(2)
            ? text.One(("additive contacts of an escalation", "+u1"))!
            : text.Pick(3, n => $"u{n}")));
        text.Line("contact_groups", text.Maybe(3, "contact groups of an escalation", () => text.OneIn(2) ? "+k1" : "k0"));
        text.Line("notification_interval", text.Maybe(3, "interval of an escalation", () => "17"));
        text.Line("escalation_period", text.Maybe(3, "period of an escalation", () => "p2"));
        text.Line("escalation_options", text.Maybe(3, "options of an escalation", () => options));
        text.Close();
    }

    private static void ExtendedInformation(RandomText text)
    {
        text.Block(
            "hostextinfo",
            ("host_name", text.One(("extended information of hosts", text.Pick(Hosts, n => $"h{n}")))),
            ("hostgroup_name", text.Maybe(3, "extended information of groups", () => "g1")),
            ("notes", "more"),
            ("icon_image", "i.png"),
            ("2d_coords", "3,4"));
        text.Block(
            "serviceextinfo",
            ("host_name", text.Pick(Hosts, n => $"h{n}")),
            ("service_description", text.One(("extended information of a service", "high"))),
            ("action_url", "/x"),
            ("notes", "more"));
    }
}
