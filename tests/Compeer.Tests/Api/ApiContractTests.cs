using System.Collections.Immutable;
using System.Text.Json;
using Compeer.Api;

namespace Compeer.Tests.Api;

/// <summary>The names on the wire: other people's scripts read them, so they change only on purpose.</summary>
public sealed class ApiContractTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void DaemonStatus_Json_IsAsPublished() =>
        Assert.Equal(
            """
            {"version":"1","pid":2,"startedAt":"2026-03-01T12:00:00+00:00","prefix":"/p","state":"active","hosts":3,"services":4,
            "checksRunning":5,"checksWaiting":6,"checksCompleted":7,"latencyAverageSeconds":0.5,"latencyMaximumSeconds":1.5,
            "lanes":[{"name":"hosts","limit":8,"running":7,"waiting":6,"oldestWaitSeconds":0.25}],"pluginsNotKilled":9,
            "startsHanging":10,"startsHeld":11,"warnings":["w"],"passiveWays":[{"name":"nsca","address":"127.0.0.1:5667","problem":null,
            "results":12,"refused":13}],"storage":{"bytes":12,"behindSeconds":0.5,"historyEntries":13,
            "historyUnstored":14,"historyLost":15,"problem":"p","lastWrittenAt":"2026-03-01T12:00:00+00:00","lastFault":"f",
            "lastFaultAt":"2026-03-01T12:00:00+00:00"}}
            """.ReplaceLineEndings(""),
            JsonSerializer.Serialize(
                new DaemonStatus("1", 2, Time, "/p", NodeStateName.Active, 3, 4, 5, 6, 7, 0.5, 1.5,
                    [new LaneState("hosts", 8, 7, 6, 0.25)], 9, 10, 11, ["w"])
                {
                    PassiveWays = [new PassiveWayStatus("nsca", "127.0.0.1:5667", Problem: null, Results: 12, Refused: 13)],
                    Storage = new StorageState(12, 0.5, 13, 14, 15, "p")
                    {
                        LastWrittenAt = Time,
                        LastFault = "f",
                        LastFaultAt = Time,
                    },
                },
                ApiJsonContext.Default.DaemonStatus));

    [Fact]
    public void NodesStatus_Json_IsAsPublishedAndReadBack()
    {
        var node = new NodeStatus(
            1, "n", "peer", NodeStateName.Down, IsSelf: false, PeerId: -1, ActivePeers: 0, ConfiguredPeers: 1,
            LatencySeconds: null, Encrypted: true, StartedAt: null, ConnectedSince: null, Time, "r", "k", "v", "h", 7,
            new RefusedVersion(9, "j", "why"), UncheckedObjects.None, new(1, 2, 3), new(4, 5, 6))
        {
            Synchronised = [new SynchronisedPath("/a", "/b", IsSent: true, IsInStep: false, Time, "t")],
        };
        var json = JsonSerializer.Serialize(
            new NodesStatus(
                "self", 2, 1, 10, 20, new ConfigurationInForce(8, "i", "o", ["m"]),
                new UncheckedObjects(3, 4, IsExact: true, ["a;b"]), [node], ["p"]),
            ApiJsonContext.Default.NodesStatus);

        Assert.Equal(
            """
            {"self":"self","members":2,"configuredPeers":1,"totalHosts":10,"totalServices":20,
            "inForce":{"number":8,"hash":"i","takenUpAt":"o","runBy":["m"]},
            "unchecked":{"hosts":3,"services":4,"isExact":true,"names":["a;b"],"count":7},"nodes":[{"id":1,"name":"n",
            "type":"peer","state":"down","isSelf":false,"peerId":-1,"activePeers":0,"configuredPeers":1,"latencySeconds":null,
            "encrypted":true,"startedAt":null,"connectedSince":null,"lastAlive":"2026-03-01T12:00:00+00:00","reason":"r",
            "nodeKeyId":"k","version":"v","configurationHash":"h","configurationNumber":7,
            "refused":{"number":9,"hash":"j","reason":"why"},
            "unchecked":{"hosts":0,"services":0,"isExact":true,"names":[],"count":0},"hosts":{"handled":1,"expired":2,"total":3},
            "services":{"handled":4,"expired":5,"total":6},
            "synchronised":[{"path":"/a","pathThere":"/b","isSent":true,"isInStep":false,"lastSame":"2026-03-01T12:00:00+00:00",
            "text":"t","waitsForPush":false}]}],"configurationProblems":["p"],"storage":null,"groups":[]}
            """.ReplaceLineEndings(""),
            json);
        var back = Assert.Single(JsonSerializer.Deserialize(json, ApiJsonContext.Default.NodesStatus)!.Nodes);
        Assert.Equal(node, back with { Unchecked = node.Unchecked, Synchronised = node.Synchronised });
    }

    [Fact]
    public void CheckableStatus_Json_IsAsPublished()
    {
        ImmutableArray<CheckableStatus> services =
        [
            new("h", "s", "OK", "HARD", 1, 3, "fine", "more", "a=1", Time, null, null, 0.25, 1.5, "peer01", HasBeenChecked: true)
            {
                DowntimeDepth = 1,
                Acknowledgement = new AcknowledgementStatus(IsSticky: true, "anna", "seen", Time, null),
                Comments = [new CommentStatus(7, "user", "anna", "old disk", Time, IsPersistent: true)],
                Downtimes = [new DowntimeStatus(8, "anna", "work", Time, Time, IsFixed: true, 1.5, 6, IsInEffect: true)],
                Notification = new NotificationStatus(2, Time, null, "NotYet", "Later.", null, ["ada: NoMore"], 1),
            },
        ];

        Assert.Equal(
            """
            [{"host":"h","service":"s","state":"OK","stateType":"HARD","attempt":1,"maxAttempts":3,"output":"fine","longOutput":"more",
            "performanceData":"a=1","lastCheck":"2026-03-01T12:00:00+00:00","nextCheck":null,"lastStateChange":null,
            "latencySeconds":0.25,"executionSeconds":1.5,"owner":"peer01","hasBeenChecked":true,"downtimeDepth":1,
            "acknowledgement":{"isSticky":true,"author":"anna","text":"seen","entry":"2026-03-01T12:00:00+00:00","end":null},
            "comments":[{"number":7,"kind":"user","author":"anna","text":"old disk","entry":"2026-03-01T12:00:00+00:00",
            "isPersistent":true}],
            "downtimes":[{"number":8,"author":"anna","text":"work","start":"2026-03-01T12:00:00+00:00",
            "end":"2026-03-01T12:00:00+00:00","isFixed":true,"durationSeconds":1.5,"triggeredBy":6,"isInEffect":true}],
            "notification":{"number":2,"last":"2026-03-01T12:00:00+00:00","next":null,"reason":"NotYet","words":"Later.","since":null,
            "leftOut":["ada: NoMore"],"pending":1}}]
            """.ReplaceLineEndings(""),
            JsonSerializer.Serialize(services, ApiJsonContext.Default.ImmutableArrayCheckableStatus));
    }

    [Theory]
    [InlineData(null, "/opt/monitor")]
    [InlineData("", "/opt/monitor")]
    [InlineData("/tmp/x/", "/tmp/x")]
    [InlineData("/tmp/../y", "/y")]
    public void FromPrefix_Prefixes_AreMadeAbsolute(string? prefix, string expected)
    {
        var paths = MonitorPaths.FromPrefix(prefix);

        Assert.Equal(expected, paths.Prefix);
        Assert.Equal(expected + "/op5/merlin/merlin.conf", paths.MerlinConfiguration);
        Assert.Equal(expected + "/var/rw/mond.sock", paths.ApiSocket);
    }
}
