using Compeer.Cluster.Model;

namespace Compeer.Tests.Cluster.Network;

/// <summary>What must be true of a cluster.</summary>
internal static class ClusterVerdict
{
    /// <summary>All that run are active, agree on members and division, and hold every object exactly once.</summary>
    public static string? WhyNotSettled(SimulatedNetwork network)
    {
        var alive = network.Alive.ToArray();
        var snapshots = alive.Select(node => node.Machine!.Snapshot()).ToArray();
        foreach (var (node, snapshot) in alive.Zip(snapshots))
        {
            if (snapshot.SelfState != ClusterSelfState.Active)
            {
                return $"{node.Name} is {snapshot.SelfState}";
            }

            if (!snapshot.Members.AsSpan().SequenceEqual(alive.Select(one => one.Id).Order().ToArray()))
            {
                return $"{node.Name} sees {snapshot.Members.Length} members of {alive.Length}";
            }

            if (snapshot.Fingerprint != snapshots[0].Fingerprint)
            {
                return $"{node.Name} has another fingerprint";
            }

            if (snapshot.Held != node.Held.Count)
            {
                return $"{node.Name} holds {node.Held.Count} objects but says {snapshot.Held}";
            }
        }

        for (var i = 0; i < network.Options.Objects; i++)
        {
            var holders = alive.Count(node => node.Held.Contains(i));
            if (holders != 1)
            {
                return $"object {i} has {holders} holders";
            }
        }

        return null;
    }

    /// <summary>All that run have the same values, and every value is at least as late as the last write that survived.</summary>
    public static string? WhyNotEqual(SimulatedNetwork network, bool clocksAgree)
    {
        var alive = network.Alive.ToArray();
        for (var i = 0; i < network.Options.Objects; i++)
        {
            var values = alive.Select(node => Text(node, i)).ToArray();
            if (values.Distinct().Count() > 1)
            {
                return $"object {i} has the values {string.Join(" | ", values)}";
            }
        }

        foreach (var (index, node, time) in network.LastWrites())
        {
            var value = Text(node, index);
            if (value.Length == 0 || (clocksAgree && long.Parse(value.Split(' ')[3], null) < time.Ticks - 10_000))
            {
                return $"object {index} has {value}, but {node.Name} wrote it at {time.Ticks}";
            }
        }

        return null;
    }

    private static string Text(SimulatedNode node, int index) =>
        node.Values[index] is { } value ? System.Text.Encoding.UTF8.GetString(value) : "";
}
