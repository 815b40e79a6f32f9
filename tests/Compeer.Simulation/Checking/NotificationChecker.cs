using Compeer.Cluster.Model;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Simulation.Nodes;

namespace Compeer.Simulation.Checking;

/// <summary>
/// What is to be told is told, and once: a notification that is written down is sent by somebody, and a second time only when whoever
/// sent it was lost meanwhile, or could not be reached.
/// </summary>
internal sealed class NotificationChecker(SimulatedCluster cluster, Reachability reachability)
{
    /// <summary>In this time a poller hears of a master, and hands over what it sends.</summary>
    private static readonly TimeSpan TimeToFallSilent = TimeSpan.FromSeconds(15);

    /// <summary>In this time all that see each other know what one of them wrote.</summary>
    private static readonly TimeSpan TimeToSpread = TimeSpan.FromSeconds(3);

    private readonly Dictionary<(int Number, long Ticket, string Contact), List<(SimulatedPeer Peer, int Life, TimeSpan At)>> _sent = [];

    /// <summary>How many were sent.</summary>
    public int Sent { get; private set; }

    /// <summary>Who sent what there was to tell of an object, in turn.</summary>
    public IReadOnlyList<SimulatedPeer> SendersOf(int number) => [.. SentOf(number).Select(sent => sent.Peer)];

    /// <summary>The same, and when each began to.</summary>
    public IReadOnlyList<(SimulatedPeer Peer, TimeSpan At)> SentOf(int number) =>
    [
        .. _sent.Where(sent => sent.Key.Number == number).SelectMany(sent => sent.Value)
            .OrderBy(sent => sent.At).Select(sent => (sent.Peer, sent.At)),
    ];

    /// <summary>How many were sent by two, for a good reason.</summary>
    public int Repeated { get; private set; }

    /// <summary>A peer begins to send one.</summary>
    public void Started(SimulatedPeer peer, CommandToRun command)
    {
        var number = NumberOf(command);
        var key = (number, command.Ticket, command.Contact);
        if (!_sent.TryGetValue(key, out var earlier))
        {
            _sent.Add(key, earlier = []);
        }

        reachability.Look();
        if (peer.Group is { Notifies: false, Parent: { } above }
            && above.Peers.Find(master => master.IsRunning && !master.IsStalled
                && master.Peer.ClusterSnapshot().SelfState == ClusterSelfState.Active
                && reachability.TogetherSince(master, peer, number) <= cluster.Time.Now - TimeToFallSilent) is { } seen)
        {
            throw new SimulationFailedException(
                cluster,
                $"notification {command.Ticket} about {cluster.World.NameOf(number)} is sent by {peer.Name}, a poller that leaves it to "
                + $"its masters, of which it sees {seen.Name}");
        }

        foreach ((var other, var life, var at) in earlier)
        {
            Repeated++;
            if (other.Life == life && (other == peer || reachability.TogetherSince(other, peer) is { } since && since <= at))
            {
                throw new SimulationFailedException(
                    cluster,
                    $"notification {command.Ticket} about {cluster.World.NameOf(number)} is sent by {peer.Name}, and {other.Name} sent it "
                    + $"at {at.TotalSeconds:0.000} s");
            }
        }

        if (earlier.Count > 0 && earlier[^1].At <= cluster.Time.Now - TimeToSpread && Knower(peer, number, command) is { } knower)
        {
            throw new SimulationFailedException(
                cluster,
                $"notification {command.Ticket} about {cluster.World.NameOf(number)} is sent by {peer.Name}, though {knower.Name}, which "
                + "it sees, knows that it was sent");
        }

        Sent++;
        earlier.Add((peer, peer.Life, cluster.Time.Now));
    }

    /// <summary>The object is gone; should it come back, what is told about it begins anew.</summary>
    public void Forget(int number)
    {
        foreach (var key in _sent.Keys.Where(key => key.Number == number).ToArray())
        {
            _sent.Remove(key);
        }
    }

    /// <summary>Null, or what was not told, or what the peers do not know alike.</summary>
    public string? WhyNotTold()
    {
        var first = cluster.Running.First();
        var toldAt = cluster.Running.Select(peer => (peer.Name, peer.Edition, Of: peer.Told())).ToList();
        foreach (var number in first.Edition.Objects)
        {
            var told = toldAt[0].Of(number);
            var name = cluster.World.NameOf(number);
            if (!told.Pending.IsEmpty)
            {
                return $"notification {told.Pending[0].Ticket} about {name} is not sent";
            }

            if (cluster.World.HasContacts && told.Reason == NotificationReason.None
                && first.StateOf(number) is { IsSoft: false, State: not 0 })
            {
                return $"nobody was told of {name}, for no reason";
            }

            if (toldAt.Where(peer => peer.Edition.Has(number))
                .FirstOrDefault(peer => Words(peer.Of(number)) != Words(told)) is { Of: not null } other)
            {
                return $"what was told about {name} is {Words(told)} at {first.Name} and {Words(other.Of(number))} at {other.Name}";
            }
        }

        return null;
    }

    /// <summary>The number of the object that it is about.</summary>
    public int NumberOf(CommandToRun command) =>
        cluster.World.NumberOf(command.Service is null ? command.Host : $"{command.Host};{command.Service}")
        ?? throw new InvalidOperationException($"a notification about {command.Host}, which there never was");

    /// <summary>Another peer that knows that something was sent, and that the one which is to send it has seen long enough to know it, too.
    /// </summary>
    private SimulatedPeer? Knower(SimulatedPeer peer, int number, CommandToRun command) => cluster.Running.FirstOrDefault(other =>
        other != peer && other.Edition.Has(number)
        && reachability.TogetherSince(other, peer) is { } since && since <= cluster.Time.Now - TimeToSpread
        && other.Told()(number) is var told && told.LastTicket >= command.Ticket
        && !told.Pending.Any(pending => pending.Ticket == command.Ticket));

    /// <summary>All but the times, which each peer has by its own clock.</summary>
    private static string Words(NotificationState told) =>
        $"number {told.Number}, ticket {told.LastTicket}, of {told.NotifiedOn}, {(told.NoMore ? "no more, " : "")}{told.Reason}, "
        + $"{told.Pending.Length} to send";
}
