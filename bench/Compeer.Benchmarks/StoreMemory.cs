using System.Globalization;
using System.Text;
using Compeer.Cluster.Model;
using Compeer.Cluster.Replication;
using Compeer.Cluster.Wire;

namespace Compeer.Benchmarks;

/// <summary>
/// The memory that the replicated store takes beside the states that the engine has, for each object: keys, hashes, stamps,
/// and what is known, with every object written by one of two nodes.
/// </summary>
internal static class StoreMemory
{
    private const int ServicesPerHost = 10;

    public static void Print(int services)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var keys = Keys(services);
        var afterKeys = GC.GetTotalMemory(forceFullCollection: true);
        var objects = new ObjectKeys(new ClusterObjects(new ConfigurationVersion(1, "one"), [.. keys], [], []));
        var context = new ClusterContext(
            new ClusterOptions { Self = new NodeId(1), Incarnation = 1 }, new ConfigurationVersion(1, "one"), TimeSpan.FromSeconds(60));
        var source = new Source();
        var store = new Replicator(context, objects, source, new StreamMemory(), (_, _) => true);
        context.Begin(new ClusterTime(TimeSpan.FromSeconds(1), DateTimeOffset.UnixEpoch.AddYears(50)), new ClusterEffects());
        Write(store, context, objects);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{objects.Count} objects: {(after - before) / (double)objects.Count:0.0} bytes each for the store, of which "
            + $"{(afterKeys - before) / (double)objects.Count:0.0} are keys of {keys.Average(key => key.Length):0} bytes"));
        GC.KeepAlive(store);
    }

    /// <summary>Keys in blocks, as the peer makes them.</summary>
    private static ReadOnlyMemory<byte>[] Keys(int services)
    {
        var hosts = services / ServicesPerHost;
        var keys = new ReadOnlyMemory<byte>[hosts + services];
        var block = new byte[1 << 16];
        var used = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            var text = i < hosts ? $"host{i:000000}.example.com"
                : $"host{(i - hosts) / ServicesPerHost:000000}.example.com\nservice {(i - hosts) % ServicesPerHost}";
            if (used + text.Length > block.Length)
            {
                (block, used) = (new byte[1 << 16], 0);
            }

            Encoding.UTF8.GetBytes(text, block.AsSpan(used));
            keys[i] = block.AsMemory(used, text.Length);
            used += text.Length;
        }

        return keys;
    }

    private static void Write(Replicator store, ClusterContext context, ObjectKeys objects)
    {
        var link = new LinkId(1);
        var now = new ClusterTime(TimeSpan.FromSeconds(1), DateTimeOffset.UnixEpoch.AddYears(50));
        var other = new Neighbour(new NodeId(2), "other", NeighbourKind.Peer, Connect: true, DataTimeout: null);
        store.Greet(link, other, Capabilities.Own);
        for (var i = 0; i < objects.Count; i++)
        {
            if (i % 1_000 == 0)
            {
                context.Begin(now, new ClusterEffects());
                store.Flush();
            }

            if (i % 2 == 0)
            {
                store.Publish(new RegisterId(RegisterKind.CheckState, i));
            }
            else
            {
                var update = new Update(
                    new NodeId(2), 1 + (i / 2), 1UL << 57, RegisterKind.CheckState, objects.KeyOf(i), new byte[100]);
                store.Receive(link, new LinkFrame.Updates(0, [update]), frameBytes: 150);
            }
        }

        store.Flush();
        store.Forget(link);
        context.Begin(now, new ClusterEffects());
    }

    private sealed class Source : IRegisterSource
    {
        private readonly byte[] _value = new byte[100];

        public ReadOnlyMemory<byte> Read(RegisterId id) => _value;

        public RegisterSubject SubjectOf(RegisterKey key, ReadOnlyMemory<byte> payload) => default;
    }
}
