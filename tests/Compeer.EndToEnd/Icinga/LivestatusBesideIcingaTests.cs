using System.Globalization;
using System.Text.Json;
using Compeer.EndToEnd.Harness;
using Compeer.EndToEnd.Interfaces;

namespace Compeer.EndToEnd.Icinga;

/// <summary>
/// The same site and the same results in Debian's <c>icinga2</c> and here, each asked by its livestatus: every column that both have has
/// the same value, but for <see cref="LivestatusDifferences"/>; and questions that clients ask have the same lines.
/// </summary>
public sealed class LivestatusBesideIcingaTests : ClusterTest
{
    private static readonly (string Name, string[] Key)[] Tables =
    [
        ("hosts", ["name"]),
        ("services", ["host_name", "description"]),
        ("hostgroups", ["name"]),
        ("servicegroups", ["name"]),
        ("contacts", ["name"]),
        ("contactgroups", ["name"]),
        ("commands", ["name"]),
        ("timeperiods", ["name"]),
        ("comments", ["comment"]),
        ("downtimes", ["comment"]),
        ("hostsbygroup", ["hostgroup_name", "name"]),
        ("servicesbygroup", ["servicegroup_name", "host_name", "description"]),
        ("servicesbyhostgroup", ["hostgroup_name", "host_name", "description"]),
        ("status", []),
    ];

    [Fact]
    public async Task SameSite_InIcingaAndHere_HasTheSameAnswers()
    {
        var node = Own(new MonitorNode(Folder, "p1"));
        Directory.CreateDirectory(node.Paths.ConfigurationFolder);
        var objects = Path.Combine(node.Paths.ConfigurationFolder, "site.cfg");
        File.WriteAllText(objects, SameSite.Naemon);
        File.WriteAllText(
            node.Paths.MainConfiguration,
            $"log_file={node.LogFile}\ncfg_file={objects}\nexecute_host_checks=0\nexecute_service_checks=0\n");
        using var icinga = new IcingaDaemon(Folder, SameSite.Icinga);
        await node.StartAsync();
        await icinga.AnswersAsync();
        var first = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 60;
        string[] paths = [icinga.Socket, node.Paths.LivestatusSocket];
        foreach (var path in paths)
        {
            var time = first;
            foreach (var command in SameSite.Commands)
            {
                var text = command.Replace("FROM", $"{first}", StringComparison.Ordinal)
                    .Replace("UNTIL", $"{first + 100_000}", StringComparison.Ordinal);
                await LivestatusTests.AskAsync(path, $"COMMAND [{time++}] {text}\n\n");
            }
        }

        await Eventually.HoldsAsync("commands", "the last has its effect in both", Limits.Moment, async () =>
        {
            const string Last = "GET services\nColumns: accept_passive_checks\nFilter: description = disk\nFilter: host_name = core\n\n";
            var answers = await Task.WhenAll(paths.Select(path => LivestatusTests.AskAsync(path, Last)));
            return answers.All(answer => answer == "0\n") ? null : string.Join(' ', answers);
        });

        var found = new List<string>();
        var differing = new HashSet<string>(StringComparer.Ordinal);
        var compared = 0;
        foreach ((var table, var key) in Tables)
        {
            var theirs = await RowsAsync(icinga.Socket, table, key);
            var ours = await RowsAsync(node.Paths.LivestatusSocket, table, key);
            compared += Compare(table, theirs, ours, differing, found);
        }

        foreach (var question in SameQuestions.All)
        {
            // Rows come in no order at Icinga 2.
            var theirs = Lines(await LivestatusTests.AskAsync(icinga.Socket, question + "\n\n"));
            var ours = Lines(await LivestatusTests.AskAsync(node.Paths.LivestatusSocket, question + "\n\n"));
            if (!theirs.SequenceEqual(ours))
            {
                found.Add($"{question}\n    icinga2: {string.Join('|', theirs)}\n    here:    {string.Join('|', ours)}");
            }
        }

        found.AddRange(LivestatusDifferences.All.Keys.Except(LivestatusDifferences.Chance).Where(column => !differing.Contains(column))
            .Select(column => $"{column} is listed as a difference, but does not differ"));
        Assert.True(found.Count == 0, string.Join('\n', found));
        Assert.True(compared > 4000, $"only {compared} values compared");
    }

    private static string[] Lines(string answer) => [.. answer.TrimEnd('\n').Split('\n').Order(StringComparer.Ordinal)];

    /// <summary>Compares rows, and gives how many values were the same.</summary>
    private static int Compare(
        string table,
        SortedDictionary<string, Dictionary<string, string>> theirs,
        SortedDictionary<string, Dictionary<string, string>> ours,
        HashSet<string> differing,
        List<string> found)
    {
        var compared = 0;
        if (!theirs.Keys.SequenceEqual(ours.Keys) && !HasOtherRows(table))
        {
            found.Add($"{table}: icinga2 has {string.Join(' ', theirs.Keys)}, here are {string.Join(' ', ours.Keys)}");
        }

        foreach ((var name, var row) in theirs)
        {
            var own = ours.GetValueOrDefault(name, []);
            foreach ((var column, var value) in row)
            {
                if (!own.TryGetValue(column, out var other))
                {
                    continue;
                }

                var allowed = LivestatusDifferences.Find(table, column, wasChecked: !name.Contains("quiet", StringComparison.Ordinal));
                if (value == other)
                {
                    compared += allowed is null ? 1 : 0;
                }
                else if (allowed is not null)
                {
                    differing.Add(allowed);
                }
                else
                {
                    found.Add($"{table} {name} {column}: icinga2 {value}, here {other}");
                }
            }
        }

        return compared;
    }

    /// <summary>Icinga 2 has commands of its own and puts the kind before each name; a downtime has a comment here, as at Naemon.</summary>
    private static bool HasOtherRows(string table) => table is "commands" or "comments";

    /// <summary>All columns of all rows by their keys.</summary>
    private static async Task<SortedDictionary<string, Dictionary<string, string>>> RowsAsync(string path, string table, string[] key)
    {
        var answer = await LivestatusTests.AskAsync(path, $"GET {table}\nColumnHeaders: on\nOutputFormat: json\n\n");
        using var document = JsonDocument.Parse(answer);
        var rows = document.RootElement.EnumerateArray().Select(row => row.EnumerateArray().Select(Normal).ToList()).ToList();
        var sorted = new SortedDictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        if (rows.Count == 0)
        {
            return sorted;
        }

        var names = rows[0].Select(name => name.Trim('"')).ToList();
        foreach (var row in rows.Skip(1))
        {
            var values = names.Zip(row).DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => pair.Second);
            sorted.Add(string.Join('|', key.Select(column => values[column])), values);
        }

        return sorted;
    }

    /// <summary>
    /// A value as it is compared: numbers by what they are worth, lists without their order, a dictionary as the list of its pairs. Where
    /// there is nothing Icinga 2 writes null for a value of any type, and it has true and false for 1 and 0.
    /// </summary>
    private static string Normal(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.GetDouble() is not 0 => value.GetDouble().ToString("G12", CultureInfo.InvariantCulture),
        JsonValueKind.True => "1",
        JsonValueKind.Array when value.GetArrayLength() > 0 => List(value.EnumerateArray().Select(Normal)),
        JsonValueKind.Object when value.EnumerateObject().Any() => List(
            value.EnumerateObject().Select(pair => List([$"\"{pair.Name}\"", Normal(pair.Value)]))),
        JsonValueKind.String when value.GetString() is not "" => $"\"{value.GetString()}\"",
        _ => "nothing",
    };

    private static string List(IEnumerable<string> values) => $"[{string.Join(',', values.Order(StringComparer.Ordinal))}]";
}
