using System.Globalization;

namespace Compeer.EndToEnd.Nagios;

/// <summary>The blocks of a status.dat by what they are of, and what of two of them differs.</summary>
internal static class StatusBlocks
{
    /// <summary>Of other things than hosts, services, comments and downtimes: of the whole program.</summary>
    private static readonly string[] Compared =
    [
        "programstatus", "hoststatus", "servicestatus", "contactstatus", "hostdowntime", "servicedowntime", "hostcomment", "servicecomment",
    ];

    /// <summary>Reads a file; what it is not whole of is left out.</summary>
    public static Dictionary<string, Dictionary<string, string>> Read(string file)
    {
        var blocks = new List<(string Type, Dictionary<string, string> Values)>();
        foreach (var line in File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.EndsWith(" {", StringComparison.Ordinal))
            {
                blocks.Add((line[..^2], new Dictionary<string, string>(StringComparer.Ordinal)));
            }
            else if (line.IndexOf('=', StringComparison.Ordinal) is var sign and > 0)
            {
                // The programs' names for themselves.
                var value = line[(sign + 1)..];
                blocks[^1].Values[line[..sign]] = value.Replace("(Nagios Process)", "(Naemon Process)", StringComparison.Ordinal);
            }
        }

        // Those of one name by the order in which they were made: ids are the programs' own, and what names them has what they are of.
        var named = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        var downtimes = blocks.Where(block => block.Values.ContainsKey("downtime_id"))
            .ToDictionary(block => block.Values["downtime_id"], block => KeyOf(block.Type, block.Values), StringComparer.Ordinal);
        foreach (var (type, values) in blocks.OrderBy(block => IdOf(block.Values)))
        {
            if (values.TryGetValue("triggered_by", out var trigger))
            {
                values["triggered_by"] = downtimes.GetValueOrDefault(trigger, trigger);
            }

            var key = KeyOf(type, values);
            var number = 1;
            while (!named.TryAdd(number == 1 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}#{number}"), values))
            {
                number++;
            }
        }

        return named;
    }

    /// <summary>What differs in the keys that both have. Times may be half a minute apart: the two take commands one after the
    /// other.</summary>
    public static IEnumerable<StatusDifference> Differences(
        Dictionary<string, Dictionary<string, string>> theirs, Dictionary<string, Dictionary<string, string>> ours)
    {
        foreach (var missing in theirs.Keys.Except(ours.Keys).Where(key => Compared.Any(key.StartsWith)))
        {
            yield return new StatusDifference(missing, null);
        }

        foreach (var added in ours.Keys.Except(theirs.Keys).Where(key => Compared.Any(key.StartsWith)))
        {
            yield return new StatusDifference(null, added);
        }

        foreach (var (block, values) in theirs.Where(pair => Compared.Any(pair.Key.StartsWith) && ours.ContainsKey(pair.Key)))
        {
            foreach (var (key, value) in values)
            {
                if (ours[block].TryGetValue(key, out var mine) && !IsSame(value, mine) && !StatusRules.Allow(key, values, ours[block]))
                {
                    yield return new StatusDifference($"{block}: {key}={value}", $"{block}: {key}={mine}");
                }
            }
        }
    }

    private static bool IsSame(string theirs, string ours) => theirs == ours
        || (long.TryParse(theirs, CultureInfo.InvariantCulture, out var one)
            && long.TryParse(ours, CultureInfo.InvariantCulture, out var other)
            && one > 1_000_000_000 && other > 1_000_000_000 && Math.Abs(one - other) <= 30);

    private static long IdOf(Dictionary<string, string> values) =>
        long.Parse(values.GetValueOrDefault("comment_id") ?? values.GetValueOrDefault("downtime_id") ?? "0", CultureInfo.InvariantCulture);

    private static string KeyOf(string type, Dictionary<string, string> values) => string.Join(';', [
        type,
        .. ((string[])["contact_name", "host_name", "service_description", "author", "entry_type"])
            .Select(values.GetValueOrDefault).Where(value => value is not null),
        type.EndsWith("downtime", StringComparison.Ordinal) ? values.GetValueOrDefault("comment") : "",
    ]);
}
