using System.Collections.Immutable;
using System.Text;
using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Configuration.Nodes.Reading;
using Compeer.Daemon.Nodes;
using Compeer.Daemon.QueryHandler;
using Compeer.Tests.Cli;

namespace Compeer.Tests.Daemon.QueryHandler;

/// <summary>What Merlin's plugins and scripts ask.</summary>
public sealed class MerlinHandlerTests
{
    /// <summary>The keys of Merlin's <c>dump_nodeinfo</c>, in its order.</summary>
    private const string Keys =
        "instance_id name source_name socket type state peer_id flags address port data_timeout last_recv last_sent last_conn_attempt "
        + "last_action latency binlog_size iocache_available events_sent events_read events_logged events_dropped bytes_sent bytes_read "
        + "bytes_logged bytes_dropped version word_size byte_order object_structure_version start last_cfg_change config_hash "
        + "expected_config_hash self_assigned_peer_id warn_flags active_peers configured_peers active_pollers configured_pollers "
        + "active_masters configured_masters host_checks_handled service_checks_handled host_checks_executed service_checks_executed "
        + "monitored_object_state_size connect_time assigned_hosts assigned_services expired_hosts expired_services "
        + "pgroup_active_nodes pgroup_total_nodes pgroup_hosts pgroup_services pgroup_id pgroup_hostgroups csync_num_attempts "
        + "csync_max_attempts csync_last_attempt csync_push_cmd csync_push_is_running csync_fetch_cmd csync_fetch_is_running "
        + "encrypted uuid";

    private static readonly ClusterMoment Moment = new(
        NodeSet.Alone,
        SampleNodes.Cluster(),
        [
            new OverdueCheck("web01", null, "peer02", DateTimeOffset.FromUnixTimeSeconds(1_000)),
            new OverdueCheck("web01", "HTTP", "ipc", DateTimeOffset.FromUnixTimeSeconds(2_000)),
        ],
        TimeSpan.FromSeconds(3))
    {
        Traffic = ImmutableDictionary<string, NodeTraffic>.Empty.Add("peer02", new NodeTraffic(11, 12, 13, 14)),
        ConfigurationChangedAt = DateTimeOffset.FromUnixTimeSeconds(1_500),
    };

    [Fact]
    public async Task NodeInfo_HasMerlinsKeysInMerlinsOrder()
    {
        await using var site = new QuerySite(new MerlinHandler(_ => Task.FromResult(Moment), TestAsync));
        var lines = (await site.AskAsync("#merlin nodeinfo")).TrimEnd('\n').Split('\n');
        Assert.Equal(Moment.Status.Nodes.Length, lines.Length);
        Assert.All(lines, line => Assert.Equal(Keys, string.Join(' ', line.Split(';').Select(pair => pair.Split('=')[0]))));
        Assert.StartsWith("instance_id=0;name=peer01;source_name=Merlin local ipc;", lines[0], StringComparison.Ordinal);
        Assert.Contains(";data_timeout=3;", lines[1], StringComparison.Ordinal);
        Assert.Contains(
            ";events_sent=11;events_read=12;events_logged=0;events_dropped=0;bytes_sent=13;bytes_read=14;", lines[1],
            StringComparison.Ordinal);
        Assert.Contains(";last_cfg_change=1500;", lines[0], StringComparison.Ordinal);

        // Where the connection stays open the end must be told.
        using var socket = await site.ConnectAsync();
        await QuerySite.SendAsync(socket, "@merlin nodeinfo");
        Assert.EndsWith("\n\0", await QuerySite.ReadAsync(socket, "\0"), StringComparison.Ordinal);
    }

    /// <summary>Pollers are a group each, counted from 1; this node and its peers are group 0.</summary>
    [Fact]
    public void NodeInfo_OfMastersAndPollers_HasTheirGroups()
    {
        var read = MerlinConfigurationReader.Read("merlin.conf", Encoding.UTF8.GetBytes(
            "ipc_uuid = u-0\npeer peer02 {\n}\npoller far {\n hostgroup = north,west\n uuid = u-1\n}\n"
            + "poller lone {\n hostgroup = east\n}\nmaster top {\n}\n"))
            .Configuration!;
        NodeStatus Below(string name, string type, int peers) => SampleNodes.PeerIn(NodeStateName.Active, reason: null) with
        {
            Name = name,
            Type = type,
            ConfiguredPeers = peers,
        };
        var status = SampleNodes.Cluster() with
        {
            Nodes = [.. SampleNodes.Cluster().Nodes, Below("far", "poller", 1), Below("lone", "poller", 0), Below("top", "master", 0)],
            Groups =
            [
                new PollerGroupStatus("north,west", ["far", "near"], ["far", "near"], Takeover: true, 1, 2, 0, 0),
                new PollerGroupStatus("east", ["lone"], [], Takeover: true, 3, 4, 0, 0),
            ],
        };
        var moment = Moment with
        {
            Nodes = new NodeSet(read, [.. read.Nodes.Select(node => new KnownNode(node, null, ""))]),
            Status = status,
        };

        var lines = NodeInfoLines.Of(moment).TrimEnd('\n').Split('\n')
            .Select(line => line.Split(';').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]))
            .ToList();
        Assert.Equal(
            ["peer01 2 2 0 ", "peer02 2 2 0 ", "far 2 2 1 north,west", "lone 0 1 2 east", "top 0 0 -1 "],
            lines.Select(line => $"{line["name"]} {line["pgroup_active_nodes"]} {line["pgroup_total_nodes"]} {line["pgroup_id"]} "
                + line["pgroup_hostgroups"]));
        var keys = status.Nodes.Select(node => node.NodeKeyId).ToList();
        Assert.Equal(["u-0", keys[1], "u-1", keys[3], keys[4]], lines.Select(line => line["uuid"]));
    }

    [Theory]
    [InlineData(
        "expired",
        "host_name=web01;added=1000;responsible=peer02\nhost_name=web01;service_description=HTTP;added=2000;responsible=ipc\n")]
    [InlineData(
        "notify-stats",
        "501: notifications are not counted by who was to send them: one node decides and sends; the log has each\n\0")]
    [InlineData(
        "runcmd node=p1;host_name=web 1;service_description=a\\;b",
        "outstd=WARNING \\\\ here\\nweb 1/a\\;b/p1\\xff;wait_status=256;start=1000;runtime=1.500000\0")]
    [InlineData("runcmd host_name=killed", "outstd=;wait_status=9;start=1000;runtime=1.500000\0")]
    [InlineData("runcmd host_name=late", "outstd=;wait_status=768;start=1000;runtime=1.500000;error_msg=killed at its time limit\0")]
    [InlineData(
        "runcmd host_name=unstarted",
        "outstd=;wait_status=768;start=1000;runtime=1.500000;error_msg=not started: there is no such file or folder\0")]
    [InlineData("runcmd host_name=refused", "outstd=no;wait_status=768\0")]
    [InlineData("runcmd node=p1", "outstd=host_name is missing;wait_status=768\0")]
    [InlineData("runcmd", "outstd=host_name is missing;wait_status=768\0")]
    [InlineData(
        "runcmd node=p1;command.name=x;command.command_line=rm -r /;runcmd=x",
        "outstd=runcmd takes node, host_name and service_description and runs the check of that object\\; command.name has no meaning "
        + "here;wait_status=768\0")]
    [InlineData(
        "remote-fetch type=peer",
        "remote-fetch is refused: peers take up a changed configuration by themselves; for other nodes there is "
        + "mon oconf remote-fetch NAME\n\0")]
    [InlineData("nonsense", "400: Bad request\0")]
    public async Task OtherVerbs_AreAnswered(string query, string answer)
    {
        await using var site = new QuerySite(new MerlinHandler(_ => Task.FromResult(Moment), TestAsync));
        Assert.Equal(answer, await site.AskAsync($"#merlin {query}"));
    }

    private static Task<(string Node, CheckTestAnswer Answer)> TestAsync(
        string host, string? service, string? node, CancellationToken cancellation)
    {
        (CheckTestOutcome Outcome, int Code, string Text) said = host switch
        {
            "killed" => (CheckTestOutcome.Signalled, 9, ""),
            "late" => (CheckTestOutcome.TimedOut, 0, ""),
            "unstarted" => (CheckTestOutcome.NotStarted, 2, ""),
            "refused" => (CheckTestOutcome.Refused, 0, "no"),
            _ => (CheckTestOutcome.Exited, 1, $"WARNING \\ here\n{host}/{service}/{node}"),
        };
        byte[] output = [.. Encoding.UTF8.GetBytes(said.Text), .. said.Code == 1 ? [(byte)0xFF] : Array.Empty<byte>()];
        return Task.FromResult((node ?? "", new CheckTestAnswer(
            said.Outcome, said.Code, output, DateTimeOffset.FromUnixTimeSeconds(1_000), TimeSpan.FromSeconds(1.5))));
    }

    [Fact]
    public async Task CallbackStatistics_NameTheNodes()
    {
        await using var site = new QuerySite(new MerlinHandler(_ => Task.FromResult(Moment), TestAsync));
        Assert.Equal("name=peer01;type=local;\nname=peer02;type=peer;\n", await site.AskAsync("#merlin cbstats"));
        Assert.Equal(await site.AskAsync("#merlin"), await site.AskAsync("#merlin help"));
    }
}
