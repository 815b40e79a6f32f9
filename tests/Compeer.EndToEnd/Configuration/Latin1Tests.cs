using System.Text;
using Compeer.Api;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Configuration;

/// <summary>A site whose files are Latin-1: files get the bytes, people get the letters.</summary>
public sealed class Latin1Tests : ClusterTest
{
    private const string Name = "B\u00FCro";

    [Fact]
    public async Task Names_InLatin1_AreWrittenAsTheyAreAndShownAsTheyRead()
    {
        var node = Single(TracedSite(hosts: 1, services: 0));
        await WriteAsync(node, parent: "h01");

        var warning = $"host '{Name}' has neither contacts nor contact_groups";
        Assert.Contains(warning, (await node.MonAsync("oconf", "verify")).Expect(0).Text, StringComparison.Ordinal);
        (await node.MonAsync("start")).Expect(0);
        await Eventually.HoldsAsync(
            "start",
            "the log has the warning and the object cache the name",
            Limits.Moment,
            () => node.Log.Contains(warning, StringComparison.Ordinal)
                && File.Exists(node.Paths.ObjectCacheFile)
                && File.ReadAllText(node.Paths.ObjectCacheFile, Encoding.Latin1).Contains($"host_name\t{Name}\n", StringComparison.Ordinal)
                    ? null
                    : "they have not",
            node);

        await Eventually.HoldsAsync(
            "check of a host in Latin-1",
            "its output is readable",
            Limits.Moment,
            async () => await HostAsync(node) is { Output: $"in {Name}" } ? null : (await HostAsync(node)).Output,
            node);

        await WriteAsync(node, parent: "S\u00FCd");
        var reload = (await node.MonAsync("reload")).Expect(1);
        Assert.Contains($"host '{Name}': parents: there is no host 'S\u00FCd'", reload.Error, StringComparison.Ordinal);
        (await node.MonAsync("stop")).Expect(0);
    }

    private static async Task<CheckableStatus> HostAsync(MonitorNode node)
    {
        var answer =
            await node.Client.GetHostsAsync(CheckableQuery.All with { Host = Name }, CancellationToken.None);
        Assert.True(answer.TryGet(out var hosts, out var error), error?.Message);
        return Assert.Single(hosts);
    }

    private static Task WriteAsync(MonitorNode node, string parent) => File.WriteAllTextAsync(
        Path.Combine(node.Paths.ConfigurationFolder, "objects", "latin1.cfg"),
        $"define command {{\n  command_name  say\n  command_line  /bin/echo in $HOSTNAME$\n}}\n"
        + $"define host {{\n  host_name  {Name}\n  parents  {parent}\n  check_command  say\n  check_interval  1\n"
        + "  max_check_attempts  3\n}\n",
        Encoding.Latin1);
}
