using System.Globalization;

namespace Compeer.EndToEnd.Nagios.Scripts;

/// <summary>
/// Scripts of random steps on random objects, without what Nagios and Naemon do differently: no service has a problem while its host is
/// down, passive results of hosts are hard, nothing flaps. So both must write the same. COMPEER_SEED is the first script's seed,
/// COMPEER_RANDOM_SCRIPTS how many there are.
/// </summary>
internal static class RandomScripts
{
    private const int Steps = 30;

    private static readonly string[] Outputs =
        ["fine", "no answer", "one;two", "some text | a=1;2;3 b=4", "  padded  ", "größer", "100% of $X$ \"used\"", "|only=1", "a\\b"];

    /// <summary>Those of this run.</summary>
    public static IEnumerable<ComparedScript> All()
    {
        var first = Setting("COMPEER_SEED", 1);
        return Enumerable.Range(first, Setting("COMPEER_RANDOM_SCRIPTS", 20)).Select(Make);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    private static ComparedScript Make(int seed)
    {
        var random = new Random(seed);
        var lines = new List<string> { $"script random_{seed}" };
        var hosts = new List<string>();
        var services = new List<string>();

        // Hosts whose results come and go, with parents among themselves; the services are on another one, which stays up.
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var parents = hosts.Where(_ => random.Next(3) == 0).ToList();
            var host = $"h{hosts.Count}@";
            lines.Add($"host {host} max_check_attempts={random.Next(1, 5)}{Extras(random, "o,d,u")}"
                + (parents.Count > 0 ? $" parents={string.Join(',', parents)}" : ""));
            hosts.Add(host);
        }

        lines.Add("host up@");
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            var service = $"s{services.Count}@";
            lines.Add($"service up@ {service} max_check_attempts={random.Next(1, 5)} is_volatile={(random.Next(4) == 0 ? 1 : 0)}"
                + $"{Extras(random, "o,w,u,c")}{(random.Next(6) == 0 ? " initial_state=w" : "")}");
            services.Add($"up@;{service}");
        }

        lines.Add($"hostgroup hosts@ members={string.Join(',', hosts)}");
        lines.Add($"servicegroup services@ members={string.Join(',', services.Select(service => service.Replace(';', ',')))}");
        for (var step = 0; step < Steps; step++)
        {
            lines.Add(Step(random, Pick(random, hosts), Pick(random, services)));
        }

        // The last results are told by the next ones, which must be taken.
        lines.AddRange(hosts.Select(host => $"ENABLE_PASSIVE_HOST_CHECKS;{host}"));
        lines.AddRange(services.Select(service => $"ENABLE_PASSIVE_SVC_CHECKS;{service}"));
        return ComparedScript.Parse(lines);
    }

    private static string Extras(Random random, string states) =>
        (random.Next(2) == 0 ? " event_handler=handle" : "")
        + (random.Next(3) == 0 ? $" stalking_options={(random.Next(2) == 0 ? states : states[..1])}" : "");

    private static string Step(Random random, string host, string service) => random.Next(20) switch
    {
        < 9 => $"result {service} {random.Next(4)} {Pick(random, Outputs)}",
        < 13 => $"result {host} {random.Next(3)} {Pick(random, Outputs)}",
        13 => $"{Switch(random)}_PASSIVE_SVC_CHECKS;{service}",
        14 => $"{Switch(random)}_PASSIVE_HOST_CHECKS;{host}",
        15 => $"{Switch(random)}_SERVICEGROUP_PASSIVE_SVC_CHECKS;services@",
        16 when random.Next(2) == 0 => $"{Switch(random)}_SVC_EVENT_HANDLER;{service}",
        16 => $"{Switch(random)}_HOSTGROUP_PASSIVE_HOST_CHECKS;hosts@",
        17 => $"CHANGE_RETRY_SVC_CHECK_INTERVAL;{service};{random.Next(1, 100)}",
        18 => $"DISABLE_SVC_CHECK;{service}",
        _ => $"_ANYTHING;{service};{random.Next(100)}",
    };

    /// <summary>On more often than off, so that most results are taken.</summary>
    private static string Switch(Random random) => random.Next(4) == 0 ? "DISABLE" : "ENABLE";

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
