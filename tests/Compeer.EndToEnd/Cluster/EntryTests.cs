using System.Text;
using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.EndToEnd.Harness;
using Compeer.Storage.Sqlite;

namespace Compeer.EndToEnd.Cluster;

/// <summary>A downtime and an acknowledgement that are given at one peer count at all of them, and outlive the object's owner.</summary>
public sealed class EntryTests : ClusterTest
{
    private static readonly string Host = ObjectName.Of("h01");

    [Fact]
    public async Task DowntimeAndAcknowledgement_GivenAtOnePeer_CountAtAllAndOutliveTheOwner()
    {
        Plugin.SetResult(Host, 2, "down");
        var cluster = await StartClusterAsync(TracedSite(hosts: 6, services: 1, interval: 4).Set("command_file", "naemon.cmd"));
        await cluster.WaitUntilAllCheckedAsync("start", Limits.Agreement);
        var owners = await cluster.WaitUntilAgreedAsync("start", Limits.Agreement, cluster.Nodes);
        var owner = cluster.Nodes.Single(node => node.Name == owners[Host]);
        MonitorNode[] others = [.. cluster.Nodes.Where(node => node != owner)];
        await EverywhereAsync("start", "h01 is down", cluster.Nodes, status => status.State == "DOWN");

        var now = DateTimeOffset.FromUnixTimeSeconds((long)TracedPlugin.Now.TotalSeconds).ToUnixTimeSeconds();
        await GiveAsync(others[0], $"SCHEDULE_HOST_DOWNTIME;h01;{now - 1};{now + 3600};1;0;0;anna;new disk");
        await GiveAsync(others[1], "ACKNOWLEDGE_HOST_PROBLEM;h01;1;0;0;otto;seen");
        await EverywhereAsync("commands", "both are in effect", cluster.Nodes, IsBoth);
        const string Line = "HOST DOWNTIME ALERT: h01;STARTED; Host has entered a period of scheduled downtime";
        await Eventually.HoldsAsync(
            "commands",
            "the owner says that the downtime began",
            Limits.Moment,
            () => owner.LogTexts.Contains(Line) ? null : "it does not",
            owner);

        await Eventually.HoldsAsync(
            "commands",
            "the others have the owner's word that it said so",
            Limits.Moment,
            () => others.FirstOrDefault(node => !Stored(node).Any(IsWordOfAStart)) is { } without ? $"{without.Name} has it not" : null,
            [.. cluster.Nodes]);

        owner.Kill();
        await Eventually.HoldsAsync(
            "the owner is killed",
            "another peer checks h01",
            Limits.Agreement,
            async () => (await others[0].ObjectAsync(Host)).Owner is var name && name != owner.Name && name.Length > 0 ? null : "none does",
            others);
        await EverywhereAsync("the owner is killed", "both are in effect", others, IsBoth);
        Assert.All(others, node => Assert.InRange(node.LogTexts.Count(text => text == Line), 0, 1));

        await owner.StartAsync();
        await EverywhereAsync("the owner is back", "both are in effect", cluster.Nodes, IsBoth);
        await Eventually.HoldsAsync(
            "the owner is back",
            "each log says once that the downtime began",
            Limits.Agreement,
            () => cluster.Nodes.FirstOrDefault(node => node.LogTexts.Count(text => text == Line) != 1)?.Name,
            [.. cluster.Nodes]);
    }

    private static IReadOnlyList<Update> Stored(MonitorNode node)
    {
        using var database = SqliteDatabase.Open(node.Paths.Database);
        return database.Read().Values;
    }

    private static bool IsWordOfAStart(Update update) => update is { Kind: RegisterKind.Downtimes, Setting: 1, IsRemoval: false };

    private static bool IsBoth(CheckableStatus status) => status is
    {
        DowntimeDepth: 1,
        Acknowledgement: { IsSticky: true, Author: "otto" },
        Comments: [{ Kind: "downtime" } or { Kind: "acknowledgement" }, _],
    };

    private static Task<TimeSpan> EverywhereAsync(
        string phase, string expected, IReadOnlyList<MonitorNode> nodes, Func<CheckableStatus, bool> holds) => Eventually.HoldsAsync(
        phase,
        expected,
        Limits.Agreement,
        async () =>
        {
            foreach (var node in nodes)
            {
                if (await node.ObjectAsync(Host) is var status && !holds(status))
                {
                    return $"{node.Name}: {status}";
                }
            }

            return null;
        },
        nodes);

    private static async Task GiveAsync(MonitorNode node, string command)
    {
        var pipe = Path.Combine(node.Paths.ConfigurationFolder, "naemon.cmd");
        await Eventually.HoldsAsync("commands", "there is a command file", Limits.Moment, () => File.Exists(pipe) ? null : "none", node);
        await using var writer = new FileStream(pipe, FileMode.Open, FileAccess.Write);
        await writer.WriteAsync(Encoding.UTF8.GetBytes($"[{(long)TracedPlugin.Now.TotalSeconds}] {command}\n"));
    }
}
