using Compeer.Simulation.Nodes;

namespace Compeer.Simulation.Faults;

/// <summary>Operators who go on working while things break: comments, downtimes and acknowledgements at any peer that runs. Their dice are
/// their own.</summary>
internal sealed class OperatorPlan(SimulatedCluster cluster)
{
    private readonly Random _random = new(cluster.Seed + 5);

    /// <summary>Does something at a few peers.</summary>
    public void Act()
    {
        SimulatedPeer[] running = [.. cluster.Running];
        for (var turn = 0; turn < 3 && running.Length > 0; turn++)
        {
            Act(running[_random.Next(running.Length)]);
        }
    }

    private void Act(SimulatedPeer peer)
    {
        var number = peer.Edition.Objects[_random.Next(peer.Edition.Objects.Count)];
        var name = cluster.World.NameOf(number);
        var kind = name.Contains(';', StringComparison.Ordinal) ? "SVC" : "HOST";
        var now = peer.Now.Wall.ToUnixTimeSeconds();
        switch (_random.Next(5))
        {
            case 0 or 1:
                cluster.Checkers.Entries.Comment(peer, number);
                break;
            case 2:
                var end = now + _random.Next(2, 90);
                peer.Command($"SCHEDULE_{kind}_DOWNTIME;{name};{now + _random.Next(-5, 2)};{end};{_random.Next(2)};0;20;operator;work");
                break;
            case 3:
                peer.Command($"ACKNOWLEDGE_{kind}_PROBLEM;{name};{_random.Next(2)};1;0;operator;seen");
                break;
            default:
                peer.Command($"DEL_DOWNTIME_BY_HOST_NAME;{name.Split(';')[0]}");
                break;
        }
    }
}
