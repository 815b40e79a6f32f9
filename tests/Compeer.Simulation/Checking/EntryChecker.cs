using Compeer.Engine.Model;
using Compeer.Simulation.Nodes;
using Compeer.Simulation.World;

namespace Compeer.Simulation.Checking;

/// <summary>Comments, downtimes and acknowledgements: all peers end with the same, and what a peer took from an operator stays as long as
/// that peer runs on.</summary>
internal sealed class EntryChecker(SimulatedCluster cluster)
{
    private readonly List<(SimulatedPeer Peer, int Life, int Number, string Text)> _given = [];

    /// <summary>How many comments of peers that ran on were looked for.</summary>
    public int Compared { get; private set; }

    /// <summary>An operator adds a comment to an object at a peer.</summary>
    public void Comment(SimulatedPeer peer, int number)
    {
        var text = $"comment {_given.Count}";
        var name = cluster.World.NameOf(number);
        var kind = name.Contains(';', StringComparison.Ordinal) ? "SVC" : "HOST";
        peer.Command($"ADD_{kind}_COMMENT;{name};1;operator;{text}");
        _given.Add((peer, peer.Life, number, text));
    }

    /// <summary>Null, or which peers have not the same.</summary>
    public string? WhyNotEqual()
    {
        var first = cluster.Running.First();
        foreach (var peer in cluster.Running.Skip(1))
        {
            var expected = Shown(first, peer.Edition);
            var shown = Shown(peer, peer.Edition);
            if (!shown.SequenceEqual(expected))
            {
                return $"{first.Name} has {string.Join(", ", expected.Except(shown))} and {peer.Name} has "
                    + string.Join(", ", shown.Except(expected));
            }
        }

        return null;
    }

    /// <summary>Null, or what is gone that a peer took from an operator; to be asked when all is whole again.</summary>
    public string? WhyGone()
    {
        var shown = Shown(cluster.Running.First(), cluster.Running.First().Edition);
        foreach ((var peer, var life, var number, var text) in _given)
        {
            if (peer.Life != life || !peer.Edition.Has(number))
            {
                continue;
            }

            Compared++;
            if (!shown.Any(entry => entry.EndsWith($":{text}", StringComparison.Ordinal)))
            {
                return $"{text} of {cluster.World.NameOf(number)}, given at {peer.Name}";
            }
        }

        return null;
    }

    /// <summary>What a peer has about the objects of a configuration.</summary>
    private string[] Shown(SimulatedPeer peer, SimulatedEdition edition)
    {
        bool IsWanted(ObjectName name) => cluster.Groups.Count == 0
            || (cluster.World.NumberOf(name.Service is null ? name.Host : $"{name.Host};{name.Service}") is { } number
                && edition.Has(number));
        var snapshot = peer.Peer.EngineSnapshot(peer.Now);
        var entries = snapshot.Comments.Values.Where(comment => IsWanted(comment.Object))
            .Select(comment => $"comment {comment.Id}:{comment.Text}")
            .Concat(snapshot.Downtimes.Values.Where(downtime => IsWanted(downtime.Object))
                .Select(downtime => $"downtime {downtime.Id}"))
            .Concat(snapshot.Acknowledgements.Values.Where(given => IsWanted(given.Object))
                .Select(given => $"acknowledgement {given.Id}"));
        return
        [
            .. entries.Where(entry => cluster.Planted switch
            {
                PlantedFault.EntryHidden => peer.Index != 0 || !entry.StartsWith("comment", StringComparison.Ordinal),
                PlantedFault.EntryLost => !entry.EndsWith(":comment 0", StringComparison.Ordinal),
                _ => true,
            }).Order(StringComparer.Ordinal),
        ];
    }
}
