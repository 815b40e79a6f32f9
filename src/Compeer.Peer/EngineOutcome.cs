using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Engine.Events;

namespace Compeer.Peer;

/// <summary>Carries what an input came to in the engine: to the other nodes what they must have, to the shell what is to be done.
/// Its counterpart is <see cref="ClusterOutcome"/>.</summary>
internal sealed class EngineOutcome(
    ClusterMachine cluster, Exchanges exchanges, AwaitedOwners owners, Transition transition, ClusterEffects effects, RoundOutbox outbox)
{
    /// <summary>Carries all of the transition and empties it.</summary>
    public void Carry(Instant now)
    {
        Replicate(now);
        exchanges.History.Write(now, transition);
        foreach (var line in transition.Log)
        {
            outbox.Add(new PeerEffect.WriteLog(line));
        }

        foreach (var check in transition.Checks)
        {
            outbox.Add(new PeerEffect.StartCheck(check));
        }

        transition.CommandFiles.ForEach(file => outbox.Add(new PeerEffect.ReadCommands(file)));
        transition.Doubts.ForEach(check => outbox.Add(new PeerEffect.LookFor(check)));
        transition.ProgramOrders.ForEach(order => outbox.Add(new PeerEffect.Order(order)));
        transition.Performance.ForEach(line => outbox.Add(new PeerEffect.WritePerformance(line)));
        foreach (var command in transition.Commands)
        {
            outbox.Add(new PeerEffect.RunCommand(command));
        }

        transition.Clear();
    }

    private void Replicate(Instant now)
    {
        foreach (var change in transition.Changes)
        {
            RegisterId state = new(RegisterKind.CheckState, change.Id.Index);
            cluster.Publish(now.ForCluster, state, effects);
        }

        exchanges.Notifications.Write(now, transition, effects);

        foreach (var request in transition.Requests)
        {
            cluster.Requests.Ask(now.ForCluster, request.Id.Index, ObjectRequestCodec.Check(request.Reason), effects);
        }

        foreach (var order in transition.Orders)
        {
            var words = ObjectRequestCodec.Encode(order.Request);
            if (owners.AreAwaited && order.Request is not ObjectRequest.Schedule)
            {
                owners.Asked(cluster.Requests.AskAndAwait(now.ForCluster, order.Id.Index, words, effects));
            }
            else
            {
                cluster.Requests.Ask(now.ForCluster, order.Id.Index, words, effects);
            }
        }

        foreach (var setting in transition.Settings)
        {
            Say(exchanges.Settings.Write(now, setting));
        }

        // What there is no room for adds to what has to be said.
        for (var entry = 0; entry < transition.Entries.Count; entry++)
        {
            Say(exchanges.Entries.Write(now, transition.Entries[entry]));
        }
    }

    private void Say(string? warning)
    {
        if (warning is not null)
        {
            outbox.Add(new PeerEffect.Notify(NoticeLevel.Warning, warning));
        }
    }
}
