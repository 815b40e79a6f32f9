using System.Text;
using Compeer.Simulation.Nodes;
using Compeer.Simulation.World;

namespace Compeer.Simulation;

/// <summary>What disks that forget do to the history: every log has every line, each once.</summary>
public sealed class HistoryLossTests
{
    /// <summary>
    /// A disk loses what it had confirmed, the run after that meets nobody and is killed, and only the third one meets those who have what
    /// the first one wrote. The numbers of the second are its own, and what the first had in its log is not written again.
    /// </summary>
    [Fact]
    public void LostWrites_AndARunThatMetNobody_EachLineIsInEveryLogOnce()
    {
        var cluster = new SimulatedCluster(7, 2, new SimulatedWorld(7, hosts: 2, servicesPerHost: 1, TimeSpan.FromSeconds(10)));
        (var writer, var other) = (cluster.Peers[1], cluster.Peers[0]);
        cluster.Peers.ForEach(peer => peer.Start());
        cluster.Run(TimeSpan.FromSeconds(15));
        (var disk, var database) = (writer.Disk, writer.Database);
        Comment(cluster, writer, "first");

        cluster.Checkers.Disturbed("both lose their power");
        other.Crash(silently: false);
        writer.Crash(silently: false);
        (writer.Disk, writer.Database) = (disk, database);
        writer.Start();
        Comment(cluster, writer, "second");
        writer.Crash(silently: false);
        cluster.Peers.ForEach(peer => peer.Start());
        Comment(cluster, writer, "third");
        cluster.Run(TimeSpan.FromSeconds(10));

        foreach (var run in (string[])["first", "second", "third"])
        {
            for (var number = 0; number < 5; number++)
            {
                Assert.Equal([1, 1], cluster.Peers.Select(peer => Lines(peer, $"anna;{run} {number}")));
            }
        }
    }

    private static void Comment(SimulatedCluster cluster, SimulatedPeer peer, string run)
    {
        for (var number = 0; number < 5; number++)
        {
            peer.Command($"ADD_HOST_COMMENT;{cluster.World.NameOf(0)};1;anna;{run} {number}");
            cluster.Run(TimeSpan.FromSeconds(1));
        }

        cluster.Run(TimeSpan.FromSeconds(3));
    }

    private static int Lines(SimulatedPeer peer, string end) =>
        peer.LogLines.Count(line => Encoding.UTF8.GetString(line.Entry.Text.Span).EndsWith(end, StringComparison.Ordinal));
}
