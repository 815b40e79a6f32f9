using System.Text.RegularExpressions;
using Compeer.EndToEnd.Cluster;
using Compeer.EndToEnd.Harness;
using Compeer.EndToEnd.Hosts;
using Compeer.EndToEnd.Packaging;

namespace Compeer.EndToEnd.Sites;

/// <summary>A test on three hosts that have the package, and run what it starts.</summary>
[Collection(Alone.Name)]
public abstract partial class SiteTest : ClusterTest, IAsyncLifetime
{
    /// <summary>How long after its time a check may start because of something that was planned.</summary>
    private protected static readonly TimeSpan Planned = TimeSpan.FromSeconds(2);

    /// <summary>How long because a peer cannot be reached.</summary>
    private protected static readonly TimeSpan Unplanned = TimeSpan.FromSeconds(5);

    private protected HostNetwork Network { get; private set; } = null!;

    private protected Host Peer01 => Network["peer01"];

    private protected Host Peer02 => Network["peer02"];

    private protected Host Peer03 => Network["peer03"];

    private protected RecordedSite Site { get; private set; } = null!;

    /// <summary>Somebody logged in on peer01.</summary>
    private protected HostTerminal Terminal { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var package = await BuiltPackage.DebAsync();
        Network = Own(await HostNetwork.StartBareAsync(Folder, "peer01", "peer02", "peer03"));
        Site = new RecordedSite(Network);
        await Task.WhenAll(Network.Hosts.Select(async host =>
        {
            await host.InstallAsync(package);
            await RecordedSite.InstallPluginAsync(host);
        }));
        Terminal = Own(await HostTerminal.OpenAsync(Peer01));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Types a line at peer01; it must succeed.</summary>
    private protected async Task<TypedResult> TypeAsync(string line) => (await Terminal.TypeAsync(line)).Expect(0);

    private protected static void Says(string text, TypedResult result) =>
        Assert.True(result.Shown.Contains(text, StringComparison.Ordinal), $"\"{text}\" expected of {result}");

    /// <summary>
    /// Waits until these hosts, and no others, share the site: each shows each of them active, an equal share of hosts and of services
    /// at each, and all have the same configuration.
    /// </summary>
    private protected static async Task ShareAsync(string phase, params Host[] hosts)
    {
        foreach (var host in hosts)
        {
            await Eventually.HoldsAsync(
                phase,
                $"mon node status at {host.Name} shows {hosts.Length} active nodes with equal shares of the whole site",
                Limits.Agreement,
                async () =>
                {
                    var status = await host.RunAsync("mon", "node", "status");
                    return status.ExitCode == 0 && IsShared(status.Output, hosts.Length) ? null : status.ToString();
                });
        }

        var hashes = await Task.WhenAll(hosts.Select(host => host.RunAsync("mon", "oconf", "hash")));
        Assert.Single(hashes.Select(hash => hash.Expect(0).Output).Distinct());
    }

    /// <summary>Fails when something was not checked for longer than it may, or by two at once, between two moments.</summary>
    private protected void AssertCheckedByOne(TimeSpan from, TimeSpan to, TimeSpan late, params Host[] hosts)
    {
        PluginRun[] runs = [.. Site.Runs().Where(run => run.StartedAt > from - RecordedSite.Interval && run.StartedAt < to
            && hosts.Any(host => host.Name == run.Node))];
        RunsOfChecks.AssertNoneLeftOut(runs, RecordedSite.Names, from, to, RecordedSite.Interval + late);
        RunsOfChecks.AssertNoneTwice(runs, RecordedSite.Interval / 2);
    }

    /// <summary>Waits until these hosts have the same configuration and a file of it has this line, or at none of them.</summary>
    private protected static Task<TimeSpan> HaveAsync(string phase, TimeSpan limit, string file, string line, params Host[] hosts) =>
        Eventually.HoldsAsync(
            phase,
            $"{file} has the line \"{line}\"",
            limit,
            () => hosts.FirstOrDefault(host => !HasLine(host, file, line)) is { } not ? $"not at {not.Name}" : null);

    /// <summary>A file of the site.</summary>
    private protected static string FileOf(string name) => $"/opt/monitor/etc/objects/site/{name}";

    private static bool IsShared(string status, int peers)
    {
        (var hosts, var services) = (RecordedSite.Hosts / peers, RecordedSite.Services / peers);
        var total = $"Total checks (host / service): {RecordedSite.Hosts} / {RecordedSite.Services}\n";
        return status.StartsWith(total, StringComparison.Ordinal)
            && NodeLine().Count(status) == peers
            && ActiveLine().Matches(status) is var active
            && active.Select(match => match.Groups["id"].Value).Distinct().Count() == peers
            && active.All(match => match.Groups["active"].Value == match.Groups["configured"].Value)
            && Regex.Count(status, $@"^Host checks .*: {hosts}, \d+, {RecordedSite.Hosts} ", RegexOptions.Multiline) == peers
            && Regex.Count(status, $@"^Service checks .*: {services}, \d+, {RecordedSite.Services} ", RegexOptions.Multiline) == peers;
    }

    private static bool HasLine(Host host, string file, string line)
    {
        try
        {
            return host.Read(file).Contains($"{line}\n", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    [GeneratedRegex("^#[0-9]", RegexOptions.Multiline)]
    private static partial Regex NodeLine();

    [GeneratedRegex(
        @"^#\d\d (?<id>\d)/(?<active>\d):(?<configured>\d) \w+ \w+: ACTIVE - \d+\.\d{3}s latency( - \(ENCRYPTED\))?$",
        RegexOptions.Multiline)]
    private static partial Regex ActiveLine();
}
