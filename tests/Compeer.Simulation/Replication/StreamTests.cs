using System.Text;
using Compeer.Cluster.Model;
using Compeer.Cluster.Replication;
using Compeer.Cluster.Wire;

namespace Compeer.Simulation.Replication;

/// <summary>Append-only streams between stores: each entry once, to everybody, and never before a state.</summary>
public sealed class StreamTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(1)]
    [InlineData(40_000)]
    public void Entry_AlongALineOfThree_ArrivesOnceAtTheFarEnd(int kind)
    {
        var cluster = Line(3);
        for (var i = 0; i < 50; i++)
        {
            cluster.Nodes[0].Append((StreamKind)kind);
            cluster.Pass(TimeSpan.FromMilliseconds(30));
        }

        cluster.RunFor(Moment);

        Assert.Equal(50, cluster.Nodes[2].Entries.Of(StreamOf(cluster, 0, kind)).Count);
        cluster.Twin.CheckStreams();
    }

    [Fact]
    public void Entry_AmongFiveThatAllHearItsWriter_TakesOneWayToEach()
    {
        var cluster = new StoreCluster(seed: 3, nodes: 5);
        foreach (var one in cluster.Nodes)
        {
            foreach (var other in cluster.Nodes)
            {
                cluster.Connect(one, other);
            }
        }

        cluster.Nodes[0].Append(StreamKind.History);
        cluster.RunFor(Moment);
        var sent = 0;
        cluster.Tamper = (_, frame) =>
        {
            sent += frame is LinkFrame.Entries entries ? entries.Items.Count : 0;
            return frame;
        };
        for (var i = 0; i < 100; i++)
        {
            cluster.Nodes[0].Append(StreamKind.History);
            cluster.RunFor(TimeSpan.FromMilliseconds(50));
        }

        cluster.RunFor(Moment);
        Assert.Equal(400, sent);
        cluster.Twin.CheckStreams();
    }

    [Fact]
    public void Entry_WithFieldsOfALaterVersion_IsPassedOnAsItCame()
    {
        var cluster = Line(3);
        cluster.Nodes[0].Append(StreamKind.History, "later"u8.ToArray());
        var rest = new byte[] { 0xA0, 0x06, 0x07 };
        cluster.Tamper = (to, frame) => to.Index == 1 && frame is LinkFrame.Entries entries
            ? entries with { Items = [.. entries.Items.Select(entry => entry with { Rest = rest })] }
            : frame;

        cluster.RunFor(Moment);

        var entry = Assert.Single(cluster.Nodes[2].Entries.Of(StreamOf(cluster, 0))).Value;
        Assert.Equal(rest, entry.Rest.ToArray());
        Assert.Equal("later", Encoding.UTF8.GetString(entry.Payload.Span));
    }

    [Fact]
    public void Reader_ThatWasAway_ResumesBehindWhatItHas()
    {
        var cluster = Line(2);
        AppendMany(cluster.Nodes[0], 200);
        cluster.RunFor(Moment);
        cluster.Crash(cluster.Nodes[1]);
        AppendMany(cluster.Nodes[0], 30);
        cluster.Pass(Moment);
        cluster.Nodes[1].Start();
        cluster.Connect(cluster.Nodes[0], cluster.Nodes[1]);
        var sent = new List<long>();
        cluster.Tamper = (_, frame) =>
        {
            sent.AddRange(frame is LinkFrame.Entries entries ? entries.Items.Select(entry => entry.Number) : []);
            return frame;
        };
        cluster.RunFor(Moment);

        Assert.Equal(Enumerable.Range(201, 30).Select(number => (long)number), sent);
        cluster.Twin.CheckStreams();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Writer_KilledAndStartedAgain_GivesNoNumberTwice(bool database)
    {
        var cluster = new StoreCluster(seed: 5, nodes: 2, database: database);
        cluster.Connect(cluster.Nodes[0], cluster.Nodes[1]);
        for (var run = 0; run < 3; run++)
        {
            AppendMany(cluster.Nodes[0], 10);
            cluster.RunFor(Moment);
            cluster.Crash(cluster.Nodes[0]);
            cluster.Nodes[0].Start();
            AppendMany(cluster.Nodes[0], 5);
            cluster.Connect(cluster.Nodes[0], cluster.Nodes[1]);
            cluster.RunFor(Moment);
        }

        var stream = StreamOf(cluster, 0);
        Assert.Equal(45, cluster.Nodes[1].Entries.Of(stream).Count);
        cluster.Twin.CheckStreams();

        // With a database there is no gap; without one, numbers reserved ahead are left out.
        Assert.Equal(database ? 1 : 4, cluster.Nodes[1].Store.Streams.NumbersOf(stream).Ranges.Count);
    }

    [Fact]
    public void Writer_StoppedInOrder_GoesOnWithoutAGap()
    {
        var cluster = new StoreCluster(seed: 5, nodes: 2, database: false);
        cluster.Connect(cluster.Nodes[0], cluster.Nodes[1]);
        AppendMany(cluster.Nodes[0], 10);
        cluster.RunFor(Moment);
        cluster.Crash(cluster.Nodes[0], isStop: true);
        cluster.Nodes[0].Start();
        AppendMany(cluster.Nodes[0], 10);
        cluster.Connect(cluster.Nodes[0], cluster.Nodes[1]);
        cluster.RunFor(Moment);

        Assert.Equal(new WriteRange(1, 20), Assert.Single(cluster.Nodes[1].Store.Streams.NumbersOf(StreamOf(cluster, 0)).Ranges));
    }

    [Fact]
    public void Writer_WhoseDiskWasLost_NumbersAgainAboveWhatOthersHave()
    {
        var cluster = Line(2);
        AppendMany(cluster.Nodes[0], 20);
        cluster.RunFor(Moment);
        cluster.Crash(cluster.Nodes[0]);
        (cluster.Nodes[0].Disk, cluster.Nodes[0].Entries) = (DurableState.Empty, new KeptEntries(1_000, () => false));
        cluster.Nodes[0].Start();
        var texts = Enumerable.Range(1, 30).Select(i => $"after the loss {i}").ToArray();
        foreach (var text in texts)
        {
            cluster.Nodes[0].Append(StreamKind.History, Encoding.UTF8.GetBytes(text));
        }

        cluster.Connect(cluster.Nodes[0], cluster.Nodes[1]);
        cluster.RunFor(Moment);

        var stream = StreamOf(cluster, 0);
        foreach (var node in cluster.Nodes)
        {
            var all = node.Entries.Of(stream).Values.Select(entry => Encoding.UTF8.GetString(entry.Payload.Span)).ToArray();
            Assert.Equal(50, all.Length);
            Assert.Equal(texts, all.Skip(20));
        }
    }

    [Fact]
    public void Source_ThatHadNoRoom_SaysWhatItLetGoAndNobodyClaimsIt()
    {
        var cluster = new StoreCluster(seed: 6, nodes: 2, maxEntries: 100);
        cluster.Connect(cluster.Nodes[0], cluster.Nodes[1]);
        AppendMany(cluster.Nodes[0], 50);
        cluster.RunFor(Moment);
        cluster.Isolate(cluster.Nodes[1]);
        AppendMany(cluster.Nodes[0], 400);
        cluster.Pass(Moment);
        cluster.Connect(cluster.Nodes[0], cluster.Nodes[1]);
        cluster.RunFor(Moment);

        var stream = StreamOf(cluster, 0);
        Assert.Equal(350, cluster.Nodes[0].Store.Streams.FloorOf(stream));
        Assert.DoesNotContain(cluster.Nodes[1].Store.Streams.NumbersOf(stream).Ranges, range => range.From <= 350 && range.To > 50);
        Assert.Equal(new WriteRange(351, 450), cluster.Nodes[1].Store.Streams.NumbersOf(stream).Ranges[^1]);
        Assert.Contains(
            "node node 0 had no room to keep its History until this node could get it: entries from 51 to 350 are missing here",
            cluster.Nodes[1].Notices);
        cluster.Twin.CheckStreamClaims();
    }

    [Fact]
    public void Gap_ThatAnotherNeighbourCanFill_IsFilledThere()
    {
        var cluster = new StoreCluster(seed: 6, nodes: 3, database: false);
        cluster.Connect(cluster.Nodes[0], cluster.Nodes[1]);
        AppendMany(cluster.Nodes[0], 40);
        cluster.RunFor(Moment);
        cluster.Crash(cluster.Nodes[0]);
        cluster.Nodes[0].Start();
        cluster.Connect(cluster.Nodes[0], cluster.Nodes[2]);
        AppendMany(cluster.Nodes[0], 10);
        cluster.RunFor(Moment);
        Assert.Equal(10, cluster.Nodes[2].Entries.Of(StreamOf(cluster, 0)).Count);

        // The writer lost the first forty; the other reader has them, and the writer itself wants them back as well.
        cluster.Connect(cluster.Nodes[1], cluster.Nodes[2]);
        cluster.RunFor(TimeSpan.FromSeconds(6));

        Assert.All(cluster.Nodes, node => Assert.Equal(50, node.Entries.Of(StreamOf(cluster, 0)).Count));
        cluster.Twin.CheckStreams();
    }

    [Fact]
    public void History_TenThousandEntries_LetsStatesPassWithinTheWindow()
    {
        var cluster = Line(2);
        cluster.Nodes[0].Append(StreamKind.History);
        cluster.RunFor(Moment);
        for (var i = 1; i < 10_000; i++)
        {
            cluster.Nodes[0].Append(StreamKind.History, new byte[200]);
        }

        cluster.Pass(TimeSpan.FromSeconds(1));
        var link = cluster.Links[0];
        cluster.Nodes[0].Gain(3);
        cluster.Nodes[0].Publish(3);
        cluster.Nodes[0].Flush();

        // All that was sent before the state, and is not acknowledged, is less than the window and a frame.
        var waiting = link.To(cluster.Nodes[1]);
        var entries = waiting.Select(bytes => FrameReader.Read(bytes, 1 << 20, out _)).OfType<LinkFrame.Entries>().ToArray();
        Assert.InRange(waiting.Sum(bytes => bytes.Length), StreamLink.WindowBytes / 2, StreamLink.WindowBytes + (72 << 10));
        Assert.InRange(entries.Sum(frame => frame.Items.Count), 500, StreamLink.WindowEntries);
        cluster.RunFor(TimeSpan.FromSeconds(10));
        Assert.Equal(10_000, cluster.Nodes[1].Entries.Of(StreamOf(cluster, 0)).Count);
    }

    [Fact]
    public void Streams_WhileANeighbourCatchesUpWithStates_Wait()
    {
        var cluster = new StoreCluster(seed: 8, nodes: 2, objects: 4_000);
        for (var index = 0; index < 4_000; index++)
        {
            cluster.Nodes[0].Gain(index);
            cluster.Nodes[0].Publish(index);
        }

        AppendMany(cluster.Nodes[0], 100);
        cluster.Nodes[0].Flush();
        var order = new List<string>();
        cluster.Tamper = (to, frame) =>
        {
            if (to.Index == 1)
            {
                order.Add(frame is LinkFrame.SyncDone ? "done" : frame is LinkFrame.Entries ? "entries" : "");
            }

            return frame;
        };
        cluster.Connect(cluster.Nodes[0], cluster.Nodes[1]);
        cluster.RunFor(Moment);

        Assert.InRange(order.IndexOf("done"), 0, order.IndexOf("entries"));
        cluster.Twin.CheckStreams();
    }

    [Fact]
    public void Neighbour_WithoutStreams_IsSentNoneAndTheFarEndGetsThemWhenItHasThem()
    {
        var cluster = new StoreCluster(seed: 4, nodes: 3);
        cluster.Nodes[1].Capabilities = Capabilities.Requests;
        ConnectLine(cluster);
        AppendMany(cluster.Nodes[0], 20);
        cluster.RunFor(Moment);
        Assert.DoesNotContain(nameof(LinkFrame.Entries), cluster.Delivered.Keys);
        Assert.DoesNotContain(nameof(LinkFrame.Streams), cluster.Delivered.Keys);
        Assert.DoesNotContain(nameof(LinkFrame.Seen), cluster.Delivered.Keys);

        cluster.Crash(cluster.Nodes[1]);
        cluster.Nodes[1].Capabilities = Capabilities.Own;
        cluster.Nodes[1].Start();
        ConnectLine(cluster);
        cluster.RunFor(Moment);

        Assert.Equal(20, cluster.Nodes[2].Entries.Of(StreamOf(cluster, 0)).Count);
    }

    [Fact]
    public void Memory_BeyondItsBounds_LetsGoTheOldestAndSaysSo()
    {
        var memory = new StreamMemory(maxEntries: 10, maxBytes: 10_000, maxTotalBytes: 12_000);
        var (one, other) = (new StreamId(StreamKind.History, new NodeId(1)), new StreamId(StreamKind.History, new NodeId(2)));
        for (var number = 1; number <= 30; number++)
        {
            Assert.True(memory.Append(one, new StreamEntry(number, new byte[752]), isReceived: false));
        }

        Assert.Equal(20, memory.FloorOf(one));
        Assert.Equal(Enumerable.Range(21, 10), memory.Read(one, 1, 100_000).Entries.Select(entry => (int)entry.Number));
        Assert.Equal(2, memory.Read(one, 25, 1_000).Entries.Count);
        Assert.False(memory.Append(one, new StreamEntry(12, new byte[10]), isReceived: false));

        // The largest stream gives way to another.
        Assert.True(memory.Append(other, new StreamEntry(7, new byte[4_952]), isReceived: false));
        Assert.Equal(22, memory.FloorOf(one));
        Assert.Equal(0, memory.FloorOf(other));
        Assert.True(memory.Append(one, new StreamEntry(40, new byte[10]), isReceived: false));
        Assert.True(memory.Append(one, new StreamEntry(35, new byte[10]), isReceived: false));
        Assert.Equal([35L, 40L], memory.Read(one, 31, 1_000).Entries.Select(entry => entry.Number));
        memory.Remove(one, new WriteRange(24, 36));
        Assert.Equal([23L, 40L], memory.Read(one, 1, 100_000).Entries.Select(entry => entry.Number));
    }

    private static StoreCluster Line(int nodes)
    {
        var cluster = new StoreCluster(seed: 4, nodes);
        ConnectLine(cluster);
        return cluster;
    }

    private static void ConnectLine(StoreCluster cluster)
    {
        for (var index = 1; index < cluster.Nodes.Count; index++)
        {
            cluster.Connect(cluster.Nodes[index - 1], cluster.Nodes[index]);
        }
    }

    private static StreamId StreamOf(StoreCluster cluster, int node, int kind = 1) => new((StreamKind)kind, cluster.Nodes[node].Id);

    private static void AppendMany(StoreNode node, int count)
    {
        for (var i = 0; i < count; i++)
        {
            node.Append(StreamKind.History);
        }
    }
}
