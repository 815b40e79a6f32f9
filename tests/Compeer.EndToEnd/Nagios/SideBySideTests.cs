using System.Globalization;
using System.Text;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Nagios;

/// <summary>
/// Random results through <c>nagios4</c> and <c>mond</c> side by side, on the same random configuration: the same alerts, but for
/// <see cref="AllowedDifferences"/>. COMPEER_SEED replays one seed.
/// </summary>
[Collection(Alone.Name)]
public sealed class SideBySideTests : ClusterTest
{
    private const string Theirs = "nagios";
    private const string Ours = "mond";
    private const int Islands = 16;
    private const int Steps = 16;

    /// <summary>Checks are held for as long as it takes, and every result is taken for new.</summary>
    private const string MainLines = """
        interval_length=1
        log_service_retries=1
        log_host_retries=1
        service_check_timeout=120
        host_check_timeout=120
        cached_host_check_horizon=0
        """;

    private static readonly int Seed =
        int.TryParse(Environment.GetEnvironmentVariable("COMPEER_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 7;

    /// <summary>What each object was given, by step.</summary>
    private readonly Dictionary<string, SortedDictionary<int, int>> _given = new(StringComparer.Ordinal);

    [Fact]
    public async Task RandomResults_InNagiosAndHere_GiveTheSameAlerts()
    {
        var site = new ComparedSite(Seed, Islands);
        (var theirs, var ours) = await RunAsync(site, Steps, plant: subject => subject);
        var found = new List<string>();
        var told = 0;
        var allowed = 0;
        foreach (var subject in site.Islands.SelectMany(island => island))
        {
            var differences = new AllowedDifferences(subject);
            if (Compare(subject, differences, theirs, ours) is { } difference)
            {
                found.Add(difference);
            }

            told += theirs.Keys.Count(key => key.Name == subject.Name);
            allowed += differences.Count;
        }

        Assert.True(found.Count == 0, $"seed {Seed}\n{string.Join('\n', found)}");

        // Rules that allow everything, or results of which nothing is told, would agree for ever.
        Assert.True(told > 250, $"seed {Seed}: only {told} alerts");
        Assert.InRange(allowed, 5, told / 4);
    }

    /// <summary>The comparison bites: in each island one object is another here than there, and only those are found.</summary>
    [Fact]
    public async Task PlantedFaults_AreFound()
    {
        var site = new ComparedSite(Seed, Islands);
        (var theirs, var ours) = await RunAsync(site, Steps / 2, Plant);
        foreach (var subject in site.Islands.SelectMany(island => island))
        {
            var difference = Compare(subject, new AllowedDifferences(subject), theirs, ours);
            Assert.True(difference is null || Plant(subject) != subject, difference);
        }

        var planted = site.Islands.SelectMany(island => island).Where(subject => Plant(subject) != subject).ToList();
        var found = planted.Count(subject => Compare(subject, new AllowedDifferences(subject), theirs, ours) is not null);
        Assert.True(found > planted.Count / 3, $"seed {Seed}: {found} of {planted.Count} planted faults found");
    }

    /// <summary>One attempt more, or volatile where it is not, for services: what a host is decides about others, too.</summary>
    private static ComparedObject Plant(ComparedObject subject) => subject switch
    {
        { Description: "s0", MaxAttempts: > 1 } => subject with { MaxAttempts = subject.MaxAttempts - 1 },
        { Description: "s0" } => subject with { IsVolatile = !subject.IsVolatile },
        _ => subject,
    };

    /// <summary>The first difference that no rule allows, with what led to it.</summary>
    private string? Compare(
        ComparedObject subject,
        AllowedDifferences differences,
        Dictionary<(string Name, int Step), Alert> theirs,
        Dictionary<(string Name, int Step), Alert> ours)
    {
        var story = new StringBuilder($"{subject}\n");
        foreach ((var step, var code) in _given[subject.Name])
        {
            var isHostUp = HostState(subject, step, ours) == "UP";
            var nagios = theirs.GetValueOrDefault((subject.Name, step));
            var mine = ours.GetValueOrDefault((subject.Name, step));
            story.Append(
                CultureInfo.InvariantCulture,
                $"  {Alert.Text(step)}: {code}, host up {isHostUp}, nagios4 {nagios?.ToString() ?? "-"}, mond {mine?.ToString() ?? "-"}\n");
            if (!differences.Accept(code, isHostUp, nagios, mine))
            {
                return story.ToString();
            }
        }

        return null;
    }

    private string HostState(ComparedObject subject, int step, Dictionary<(string Name, int Step), Alert> alerts) =>
        _given[subject.Host].Keys.Where(earlier => earlier < step).Reverse()
            .Select(earlier => alerts.GetValueOrDefault((subject.Host, earlier))?.State)
            .FirstOrDefault(state => state is not null) ?? "UP";

    private async Task<(Dictionary<(string Name, int Step), Alert> Theirs, Dictionary<(string Name, int Step), Alert> Ours)> RunAsync(
        ComparedSite site, int steps, Func<ComparedObject, ComparedObject> plant)
    {
        var plugins = Own(new HeldPlugins(Folder));
        var nagios = Own(new NagiosDaemon(Folder, Theirs, site.ObjectFile(plugins.Script, subject => subject), MainLines));
        var node = Own(new MonitorNode(Folder, Ours));
        var folder = node.Paths.ConfigurationFolder;
        await File.WriteAllTextAsync(Path.Combine(folder, "objects.cfg"), site.ObjectFile(plugins.Script, plant));
        await File.WriteAllTextAsync(Path.Combine(folder, "resource.cfg"), $"$USER1$={Ours}\n");
        await File.WriteAllTextAsync(
            node.Paths.MainConfiguration,
            $"log_file={node.LogFile}\ncfg_file=objects.cfg\nresource_file=resource.cfg\nmax_concurrent_checks=1000\n{MainLines}\n");
        await node.StartAsync();
        foreach (var subject in site.Islands.SelectMany(island => island))
        {
            _given[subject.Name] = [];
        }

        try
        {
            await Task.WhenAll(site.Islands.Select((island, number) => RunIslandAsync(plugins, island, number, steps)));
        }
        catch (TimeoutException e)
        {
            Assert.Fail($"{e.Message}\n{node.Describe()}\n{nagios.Output}");
        }

        // Every check of the last step was followed by another: its result was taken, and is in the log of one that ended.
        await nagios.StopAsync();
        var pid = node.Pid;
        node.Signal(Native.Terminate);
        await node.WaitForEndAsync(pid);
        return (Alert.In(nagios.Log), Alert.In(node.Log));
    }

    /// <summary>
    /// Step by step some checks get their result, in both engines the same; the others are held. Those of one step do not concern
    /// each other: services, or hosts of which none is another's parent. The next step begins when each of them was started again, so that
    /// its result has been taken.
    /// </summary>
    private async Task RunIslandAsync(HeldPlugins plugins, IReadOnlyList<ComparedObject> island, int number, int steps)
    {
        var random = new Random((Seed * 1000) + number);
        var held = new Dictionary<(string Engine, string Name), StreamWriter>();
        var codes = island.ToDictionary(subject => subject.Name, _ => 0);
        await HoldAsync(plugins, held, island);
        for (var step = 1; step <= steps; step++)
        {
            var chosen = Choose(random, island);
            foreach (var subject in chosen)
            {
                var code = random.Next(5) < 2 ? random.Next(4) : codes[subject.Name];
                codes[subject.Name] = code;
                _given[subject.Name].Add(step, code);
                foreach (var engine in (string[])[Theirs, Ours])
                {
                    Assert.False(plugins.IsAnotherHeld(engine, subject.Name), $"{engine} checks {subject.Name} twice at once");
                    await using var writer = held[(engine, subject.Name)];
                    await writer.WriteLineAsync($"{code} {Alert.Text(step)}");
                }
            }

            await HoldAsync(plugins, held, chosen);
        }
    }

    private static List<ComparedObject> Choose(Random random, IReadOnlyList<ComparedObject> island)
    {
        if (random.Next(2) == 0)
        {
            return [.. island.Where(subject => !subject.IsHost)];
        }

        ComparedObject[] hosts = [.. island.Where(subject => subject.IsHost)];
        random.Shuffle(hosts);
        var chosen = new List<ComparedObject>();
        foreach (var host in hosts)
        {
            if (!chosen.Exists(other => host.Parents.Contains(other.Host) || other.Parents.Contains(host.Host)))
            {
                chosen.Add(host);
            }
        }

        return chosen;
    }

    private static async Task HoldAsync(
        HeldPlugins plugins, Dictionary<(string Engine, string Name), StreamWriter> held, IReadOnlyList<ComparedObject> subjects)
    {
        foreach (var engine in (string[])[Theirs, Ours])
        {
            foreach (var subject in subjects)
            {
                held[(engine, subject.Name)] = await plugins.NextAsync(engine, subject.Name);
            }
        }
    }
}
