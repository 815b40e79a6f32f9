using Compeer.EndToEnd.Cluster;
using Compeer.EndToEnd.Harness;
using Compeer.EndToEnd.Hosts;
using Xunit.Sdk;

namespace Compeer.EndToEnd.Sites;

/// <summary>
/// Two of five nodes are lost at once, killed or each cut off from everybody, and come back. Whoever is left checks all that somebody is
/// left to check, and notifies of what changes meanwhile once. With <c>COMPEER_PAIRS=all</c> each of the ten pairs in both ways, else
/// three losses that differ most.
/// </summary>
/// <param name="nodes">The nodes, of which all work.</param>
/// <param name="hyperdrive">The hosts that solo has.</param>
internal sealed class PairLosses(FiveNodes nodes, string[] hyperdrive)
{
    /// <summary>How long after its time a check may run at whoever takes it over.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(5);

    /// <summary>A result this young goes with its node when that is lost, and its check is run again; likewise the word that a
    /// notification was sent.</summary>
    private static readonly TimeSpan Unsaid = TimeSpan.FromSeconds(1);

    private readonly (string[] Hosts, Host[] Nodes)[] _groups =
    [
        (FiveNodes.Masters, [nodes.Yoda, nodes.Obi1]),
        (hyperdrive, [nodes.Solo]),
        (FiveNodes.Theforce, [nodes.Luke, nodes.Leya]),
    ];

    /// <summary>Since when all work together again.</summary>
    private TimeSpan _together = TracedPlugin.Now;
    private bool _areBroken;
    private readonly List<string> _findings = [];

    private string Type => _areBroken ? "PROBLEM" : "RECOVERY";

    private Host[] All => [.. _groups.SelectMany(group => group.Nodes)];

    /// <summary>Loses pair after pair, and fails with all that was wrong.</summary>
    public async Task RunAsync()
    {
        await LoseAllAsync();
        Assert.True(_findings.Count == 0, $"{_findings.Count} findings:\n\n{string.Join("\n\n", _findings)}");
    }

    private async Task LoseAllAsync()
    {
        if (Environment.GetEnvironmentVariable("COMPEER_PAIRS") == "all")
        {
            foreach ((var place, var one) in All.Index())
            {
                foreach (var other in All[(place + 1)..])
                {
                    await LoseAsync(isCut: false, one, other);
                    await LoseAsync(isCut: true, one, other);
                }
            }

            return;
        }

        // A whole group of pollers; both masters; and, without a word, one of each.
        await LoseAsync(isCut: false, nodes.Luke, nodes.Leya);
        await LoseAsync(isCut: false, nodes.Yoda, nodes.Obi1);
        await LoseAsync(isCut: true, nodes.Obi1, nodes.Solo);
    }

    private async Task LoseAsync(bool isCut, params Host[] pair)
    {
        var phase = $"{pair[0].Name} and {pair[1].Name} are {(isCut ? "cut off" : "killed")}";
        var sides = SidesOf(isCut, pair);
        var since = _together;
        await Eventually.HoldsAsync(phase, "all know what was told", Limits.Moment, () =>
            nodes.Notifications() is [.., var last] && last.StartedAt > TracedPlugin.Now - Unsaid ? last.ToString() : null);
        var lostAt = TracedPlugin.Now;
        await (isCut ? nodes.CutAsync(pair) : Task.WhenAll(pair.Select(FiveNodes.KillAsync)));
        _areBroken = !_areBroken;
        nodes.BreakServices(_areBroken);
        var brokenAt = TracedPlugin.Now;
        var restoredAt = TimeSpan.Zero;
        await FindAsync(phase, async () =>
        {
            await Task.WhenAll(sides.Select(side => WorksAsync(phase, side, lostAt)));
            restoredAt = TracedPlugin.Now;
            foreach (var side in sides)
            {
                Find(phase, RunsOfChecks.LeftOut(
                    [.. nodes.Runs().Where(run => side.Has(run.Node))], side.Objects, lostAt, restoredAt, FiveNodes.Interval + Late));
                Find(phase, RunsOfChecks.Twice(
                    nodes.Runs().Where(run => run.StartedAt > since && (side.Has(run.Node) || run.StartedAt < lostAt - Unsaid)
                        && side.Objects.Contains(run.Object)),
                    FiveNodes.Interval / 2));
            }
        });
        restoredAt = TracedPlugin.Now;
        await (isCut ? nodes.HealAsync(pair) : Task.WhenAll(pair.Select(async host => (await host.RunAsync("mon", "start")).Expect(0))));
        await AreTogetherAsync($"{phase}, and back", restoredAt);
        if (!isCut)
        {
            await AreCheckedAgainAsync($"{phase}, and back", restoredAt);
        }

        _together = TracedPlugin.Now;
        await FindAsync($"{phase}, and back", async () =>
        {
            string[] covered = [.. sides.SelectMany(side => side.Objects).Distinct()];
            Find(phase, RunsOfChecks.LeftOut(nodes.Runs(), covered, lostAt, _together, FiveNodes.Interval + Late));
            if (!isCut)
            {
                Find(phase, RunsOfChecks.Twice(nodes.Runs().Where(run => run.StartedAt > restoredAt), FiveNodes.Interval / 2));
            }

            await AreToldAsync($"{phase}, and back", sides, brokenAt);
        });
    }

    /// <summary>Looks at something; what is wrong is kept, so that one loss does not hide what the others show.</summary>
    private async Task FindAsync(string phase, Func<Task> look)
    {
        try
        {
            await look();
        }
        catch (XunitException wrong)
        {
            Find(phase, wrong.Message);
        }
    }

    private void Find(string phase, string problem)
    {
        if (problem.Length > 0)
        {
            var from = TracedPlugin.Now - (8 * FiveNodes.Interval);
            _findings.Add(
                $"{phase}: {problem}\nThe last runs were\n{Lines(nodes.Runs())}\nand what was told\n{Lines(nodes.Notifications())}\n"
                + string.Join('\n', All.Select(node => $"The log of {node.Name} ends with\n{FiveNodes.LogOf(node)}")));

            string Lines(IEnumerable<PluginRun> runs) => string.Join('\n', runs.Where(run => run.StartedAt > from));
        }
    }

    /// <summary>Who sees each other while a pair is lost, with what is theirs to check then.</summary>
    private Side[] SidesOf(bool isCut, Host[] pair)
    {
        Host[] left = [.. All.Except(pair)];
        var masters = _groups[0].Nodes;

        // Without a master between them pollers of different groups do not know of each other.
        Host[][] parts = left.Intersect(masters).Any() ? [left]
            : [.. _groups[1..].Select(group => group.Nodes.Intersect(left).ToArray()).Where(part => part.Length > 0)];
        return [.. parts.Concat(isCut ? pair.Select(host => (Host[])[host]) : []).Select(part => new Side(
            part,
            [.. FiveNodes.ObjectsOf(_groups.Where(group => part.Intersect(group.Nodes.Concat(masters)).Any())
                .SelectMany(group => group.Hosts))]))];
    }

    /// <summary>Waits until all of a side's objects were checked twice, and what changed was told.</summary>
    private async Task WorksAsync(string phase, Side side, TimeSpan from) => await Eventually.HoldsAsync(
        phase,
        $"{side} check {string.Join(", ", side.Objects)} twice and tell of the services",
        (2 * FiveNodes.Interval) + Late + Limits.Moment,
        () =>
        {
            var runs = nodes.Runs().Where(run => run.StartedAt > from && side.Has(run.Node)).CountBy(run => run.Object).ToDictionary();
            return side.Objects.FirstOrDefault(name => runs.GetValueOrDefault(name) < 2) is { } idle ? $"{idle} is not checked twice"
                : side.Services.FirstOrDefault(name => CountTold(name, from, side.Has) == 0) is { } untold ? $"{untold} is not told of"
                    : null;
        });

    /// <summary>Waits until each was checked at least twice: none can have been run twice before.</summary>
    private Task<TimeSpan> AreCheckedAgainAsync(string phase, TimeSpan from) =>
        Eventually.HoldsAsync(phase, "all are checked a second time", (2 * FiveNodes.Interval) + Limits.Moment, () =>
        {
            var seen = nodes.Runs().Where(run => run.StartedAt > from).CountBy(run => run.Object).ToDictionary();
            return _groups.SelectMany(group => FiveNodes.ObjectsOf(group.Hosts)).FirstOrDefault(name => seen.GetValueOrDefault(name) < 2);
        });

    /// <summary>Waits until each node has its own part again and no check is another's, or two nodes'.</summary>
    private async Task AreTogetherAsync(string phase, TimeSpan from)
    {
        var window = 1.5 * FiveNodes.Interval;
        await Eventually.HoldsAsync(phase, "all have their own again", Limits.Agreement, () =>
        {
            var runs = nodes.Runs().Where(run => run.StartedAt > TracedPlugin.Now - window).ToList();
            foreach ((var hosts, var owners) in _groups)
            {
                string[] objects = [.. FiveNodes.ObjectsOf(hosts)];
                var own = runs.Where(run => objects.Contains(run.Object)).ToList();
                if (objects.Except(own.Select(run => run.Object)).FirstOrDefault() is { } missing)
                {
                    return $"{missing} is not checked";
                }

                if (owners.FirstOrDefault(node => own.TrueForAll(run => run.Node != node.Name)) is { } idle)
                {
                    return $"{idle.Name} checks nothing";
                }

                if (own.Find(run => owners.All(node => node.Name != run.Node)) is { } other)
                {
                    return other.ToString();
                }
            }

            return TracedPlugin.Now - from < window ? "it is early"
                : RunsOfChecks.Pairs(runs).FirstOrDefault(two => two.Gap < FiveNodes.Interval / 2) is { Later: { } twice }
                    ? $"twice: {twice}"
                : null;
        });
    }

    /// <summary>Finds each change that was not told of once by each side that saw it; of one that nobody saw those tell who are back.
    /// </summary>
    private async Task AreToldAsync(string phase, Side[] sides, TimeSpan from)
    {
        var services = FiveNodes.ObjectsOf(_groups.SelectMany(group => group.Hosts)).Where(Side.IsService).ToArray();
        await Eventually.HoldsAsync(phase, "all changes are told", Limits.Moment, () =>
            services.FirstOrDefault(name => CountTold(name, from, _ => true) == 0) is { } untold ? $"{untold} is not" : null);
        foreach (var name in services)
        {
            var times = Math.Max(1, sides.Count(side => side.Objects.Contains(name)));
            Find(phase, RunsOfChecks.WronglyTold(nodes.Notifications().Where(run => run.StartedAt > from), name, Type, times));
        }
    }

    private int CountTold(string service, TimeSpan from, Func<string, bool> counts) => nodes.Notifications().Count(run =>
        run.StartedAt > from && counts(run.Node) && run.Object == $"{service}={Type}");

    /// <summary>Nodes that see each other, and what they have to check.</summary>
    private sealed record Side(Host[] Nodes, string[] Objects)
    {
        public IEnumerable<string> Services => Objects.Where(IsService);

        public static bool IsService(string name) => !name.EndsWith(':');

        public bool Has(string node) => Nodes.Any(one => one.Name == node);

        public override string ToString() => string.Join(" and ", Nodes.Select(node => node.Name));
    }
}
