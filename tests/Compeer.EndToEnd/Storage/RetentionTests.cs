using System.Text;
using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.EndToEnd.Harness;
using Compeer.Storage.Sqlite;

namespace Compeer.EndToEnd.Storage;

/// <summary>What outlives a restart, and what becomes of a database that is of no use.</summary>
public sealed class RetentionTests : ClusterTest
{
    /// <summary>Longer than a test takes: whatever is checked again sooner was not remembered.</summary>
    private const int LongInterval = 600;

    private string Pipe => Folder.File("naemon.cmd");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LoneNode_RestartedOrKilled_HasItsStatesSettingsAndTimes(bool isKilled)
    {
        var site = TracedSite(hosts: 1, services: 3, interval: LongInterval).Set("command_file", Pipe);
        var node = Single(site);
        Plugin.SetResult("h01:s2", 0, "as it should be");
        await node.StartAsync();
        await CommandsAsync(
        [
            .. Enumerable.Range(1, 3).Select(service => $"SCHEDULE_FORCED_SVC_CHECK;h01;s{service};0"), "SCHEDULE_FORCED_HOST_CHECK;h01;0",
            "DISABLE_SVC_CHECK;h01;s1",
        ]);
        await Eventually.HoldsAsync(
            "before", "all are checked, and stored with the setting", Limits.Moment,
            async () => (await node.ObjectsAsync()).Values.All(status => status.HasBeenChecked)
                && (await node.ObjectAsync("h01:s1")).NextCheck is null && Stored(node) is var stored
                && stored.Count(update => update.Kind == RegisterKind.CheckState) == 4
                && stored.Any(update => update.Kind == RegisterKind.OperatorSettings) ? null : "not yet",
            node);
        await Eventually.HoldsAsync(
            "before", "no check is under way", Limits.Moment,
            async () => (await node.StatusAsync()) is { ChecksRunning: 0, ChecksWaiting: 0 } ? null : "there is one", node);
        if (isKilled)
        {
            // States are at most a second behind.
            await Eventually.HoldsAsync(
                "before", "the database has what is shown", Limits.Moment, () => DiffersAsync(node), node);
        }

        var before = await node.ObjectsAsync();
        var runs = Plugin.Runs().Count;
        await EndAsync(node, isKilled);
        await node.StartAsync();

        AssertSame(before, await node.ObjectsAsync());
        await Eventually.AlwaysAsync(
            "after", "nothing is checked before its time", TimeSpan.FromSeconds(3),
            () => Task.FromResult(Plugin.Runs().Count is var now && now == runs ? null : $"{now - runs} runs"), node);
    }

    [Theory]
    [Trait("Variable", "retain_state_information")]
    [InlineData("1", true)]
    [InlineData("0", false)]
    public async Task Restart_WithAndWithoutRetention_HasTheStatesOrNot(string value, bool isKept)
    {
        var node = Single(TracedSite(hosts: 1, services: 1, interval: LongInterval)
            .Set("command_file", Pipe).Set("retain_state_information", value));
        await node.StartAsync();
        await CommandsAsync(["SCHEDULE_FORCED_SVC_CHECK;h01;s1;0"]);
        await Eventually.HoldsAsync(
            "before", "the service is checked", Limits.Moment,
            async () => (await node.ObjectAsync("h01:s1")).HasBeenChecked ? null : "not yet", node);
        await EndAsync(node, isKilled: false);
        await node.StartAsync();

        Assert.Equal(isKept, (await node.ObjectAsync("h01:s1")).HasBeenChecked);
    }

    [Fact]
    public async Task AllPeers_StoppedAndStarted_HaveEverythingAsItWas()
    {
        var site = TracedSite(hosts: 4, services: 2, interval: 3);
        var cluster = await StartClusterAsync(site, peers: 2);
        foreach (var node in cluster.Nodes)
        {
            await Eventually.HoldsAsync(
                "before", "all are checked", Limits.Agreement,
                async () => (await node.ObjectsAsync()).Values.All(status => status.HasBeenChecked) ? null : "not yet", cluster.Nodes);
        }

        Plugin.SetResult("h02:s1", 2, "broken");
        await Plugin.ChangeAndWaitAsync("h02:s1", "broken", TimeSpan.FromSeconds(3), [.. cluster.Nodes]);
        var changed = (await cluster.Nodes[0].ObjectAsync("h02:s1")).LastStateChange;
        var ends = cluster.Nodes.Select(node => (node, node.Pid)).ToArray();
        foreach (var node in cluster.Nodes)
        {
            node.Signal(Native.Terminate);
        }

        foreach ((var node, var pid) in ends)
        {
            await node.WaitForEndAsync(pid);
        }

        foreach (var node in cluster.Nodes)
        {
            await node.StartAsync();
            var status = await node.ObjectAsync("h02:s1");
            Assert.Equal(("broken", changed), (status.Output, status.LastStateChange));
            Assert.All((await node.ObjectsAsync()).Values, status => Assert.True(status.HasBeenChecked));
        }
    }

    [Fact]
    public async Task KilledTenTimesAmongCommands_EveryOneThatWasStoredIsThere()
    {
        const int services = 20;
        var node = Single(TracedSite(hosts: 1, services, interval: 1).Set("command_file", Pipe));
        var isOff = new Dictionary<string, bool>();
        for (var round = 0; round <= 10; round++)
        {
            var started = TracedPlugin.Now;
            await node.StartAsync();
            var ran = new HashSet<string>();
            await Eventually.HoldsAsync(
                $"start {round}", "those run that are on", Limits.Moment,
                () =>
                {
                    ran = [.. Plugin.Runs().Where(run => run.StartedAt > started).Select(run => run.Object)];
                    return isOff.All(pair => pair.Value || ran.Contains($"h01:{pair.Key}")) ? null : "not yet";
                },
                node);
            Assert.DoesNotContain(isOff, pair => pair.Value && ran.Contains($"h01:{pair.Key}"));
            var turn = round;
            isOff = Enumerable.Range(1, services).ToDictionary(number => $"s{number}", number => (number * (turn + 3) / 2) % 2 == 0);
            // What is on without anybody's word has nothing stored when it is asked for.
            await CommandsAsync([.. isOff.Keys.Where(_ => turn == 0).Select(service => $"DISABLE_SVC_CHECK;h01;{service}")]);
            await CommandsAsync([.. isOff.Select(pair => $"{(pair.Value ? "DIS" : "EN")}ABLE_SVC_CHECK;h01;{pair.Key}")]);
            await Eventually.HoldsAsync(
                $"round {round}", "the database has what was asked for", Limits.Moment,
                () => HasStored(node, isOff) ? null : "not yet", node);
            await EndAsync(node, isKilled: true);
        }

        Assert.Equal(0, (await node.MonAsync("db", "check")).ExitCode);
    }

    [Fact]
    public async Task Start_DatabaseDamaged_SaysSoKeepsItAsideAndGoesOn()
    {
        var node = Single(TracedSite(hosts: 1, services: 0, interval: 1));
        await File.WriteAllTextAsync(node.Paths.Database, new string('x', 20_000));

        await node.StartAsync();

        await Eventually.HoldsAsync(
            "start", "the host is checked, and a new database has it", Limits.Moment,
            () => Stored(node).Count > 0 ? null : "not yet", node);
        Assert.Contains(node.LogTexts, line =>
            line.StartsWith(
                $"Error: {node.Paths.Database}: it is no database, or was overwritten; it is kept as ", StringComparison.Ordinal));
        Assert.Single(Directory.GetFiles(node.Paths.VariableFolder, "retention.db.bad-*"));
        Assert.DoesNotContain((await node.StatusAsync()).Warnings, warning => warning.Contains("outlives", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_DatabaseHeldByAnotherProgram_SaysSoAndWritesWhenItIsFree()
    {
        var node = Single(TracedSite(hosts: 1, services: 0, interval: 1));
        await node.StartAsync();
        await Eventually.HoldsAsync("start", "the host is stored", Limits.Moment, () => Stored(node).Count > 0 ? null : "not yet", node);
        using (var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={node.Paths.Database};Pooling=False"))
        {
            other.Open();
            using var transaction = other.BeginTransaction(deferred: false);
            await Eventually.HoldsAsync(
                "held by another program", "the status says so", Limits.Agreement,
                async () => (await node.StatusAsync()).Warnings.Any(warning =>
                    warning.Contains("another program holds it", StringComparison.Ordinal)) ? null : "it does not",
                node);
        }

        await Eventually.HoldsAsync(
            "free again", "the status has nothing to say of it", Limits.Agreement,
            async () => (await node.StatusAsync()).Warnings.FirstOrDefault(
                warning => warning.Contains("outlives", StringComparison.Ordinal)),
            node);
        await node.SaysAsync("] what outlives a restart is written again\n");
        Assert.Single(node.LogTexts, line => line.StartsWith("Error: what outlives a restart is not written: ", StringComparison.Ordinal));
        Assert.Single(node.LogTexts, line => line == "what outlives a restart is written again");
    }

    [Fact]
    public async Task Db_Commands_WorkOnTheDatabaseOfARunningDaemon()
    {
        var node = Single(TracedSite(hosts: 1, services: 1, interval: 1));
        var missing = (await node.MonAsync("db", "check")).Expect(1);
        Assert.Contains("there is no such file; a daemon that runs makes it", missing.Error, StringComparison.Ordinal);
        await node.StartAsync();
        await Eventually.HoldsAsync("start", "both are stored", Limits.Moment, () => Stored(node).Count == 2 ? null : "not yet", node);
        var copy = Folder.File("copy.db");

        var check = (await node.MonAsync("db", "check")).Expect(0);
        Assert.Contains("is whole: 2 states, 0 other values and ", check.Output, StringComparison.Ordinal);
        (await node.MonAsync("db", "backup", copy)).Expect(0);
        var again = (await node.MonAsync("db", "backup", copy)).Expect(1);
        Assert.Contains("something is there already", again.Error, StringComparison.Ordinal);
        (await node.MonAsync("db", "vacuum")).Expect(0);
        using var database = SqliteDatabase.Open(copy);
        Assert.Equal(2, database.Read().Values.Count);
    }

    private static async Task EndAsync(MonitorNode node, bool isKilled)
    {
        var pid = node.Pid;
        node.Signal(isKilled ? Native.Kill : Native.Terminate);
        await node.WaitForEndAsync(pid);
    }

    private static IReadOnlyList<Update> Stored(MonitorNode node)
    {
        if (!File.Exists(node.Paths.Database))
        {
            return [];
        }

        using var database = SqliteDatabase.Open(node.Paths.Database);
        return database.Read().Values;
    }

    /// <summary>Whether there is a switch for each, and all that are to be off, and all that are to be on, have one value each.</summary>
    private static bool HasStored(MonitorNode node, Dictionary<string, bool> isOff)
    {
        var values = Stored(node).Where(update => update.Kind == RegisterKind.OperatorSettings).ToDictionary(
            update => Encoding.UTF8.GetString(update.Key.Span)["h01\n".Length..], update => Convert.ToHexString(update.Payload.Span));
        return isOff.Keys.All(values.ContainsKey)
            && isOff.Select(pair => (pair.Value, values[pair.Key])).Distinct().Count() == isOff.Values.Distinct().Count()
            && isOff.Select(pair => values[pair.Key]).Distinct().Count() == isOff.Values.Distinct().Count();
    }

    private static async Task<string?> DiffersAsync(MonitorNode node)
    {
        var shown = await node.ObjectsAsync();
        var stored = Stored(node).Where(update => update.Kind == RegisterKind.CheckState)
            .Select(update => Engine.Events.CheckStateCodec.Decode(update.Payload.Span).State!.LastCheckTicks).Order();
        return stored.SequenceEqual(shown.Values.Select(status => status.LastCheck!.Value.UtcTicks).Order()) ? null : "it is behind";
    }

    private static void AssertSame(
        IReadOnlyDictionary<string, CheckableStatus> before, IReadOnlyDictionary<string, CheckableStatus> after) =>
        Assert.All(before, pair =>
        {
            var (one, two) = (pair.Value, after[pair.Key]);
            Assert.Equal(
                (one.State, one.StateType, one.Attempt, one.Output, one.LastCheck, one.LastStateChange),
                (two.State, two.StateType, two.Attempt, two.Output, two.LastCheck, two.LastStateChange));
            Assert.Equal(one.NextCheck is null, two.NextCheck is null);
            Assert.InRange((two.NextCheck - one.NextCheck ?? TimeSpan.Zero).TotalSeconds, -1, 1);
        });

    private async Task CommandsAsync(params string[] commands)
    {
        await using var writer = new FileStream(Pipe, FileMode.Open, FileAccess.Write);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        await writer.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(commands.Select(command => $"[{now}] {command}\n"))));
    }
}
