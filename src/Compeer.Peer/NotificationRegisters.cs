using System.Collections.Immutable;
using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Peer;

/// <summary>What was told about objects, as registers of the cluster: one for each object, written by its owner, and with every node
/// before anything of it is sent.</summary>
internal sealed class NotificationRegisters(MonitoringEngine engine, ClusterMachine cluster)
{
    /// <summary>Gives the others what this node noted down. Of several changes of an object only the last counts.</summary>
    public void Write(Instant now, Transition transition, ClusterEffects effects)
    {
        var isUrgent = false;
        for (var place = 0; place < transition.Notifications.Count; place++)
        {
            var change = transition.Notifications[place];
            isUrgent |= change.IsUrgent;
            if (!ReferenceEquals(change.Told, engine.ToldOf(change.Id)))
            {
                continue;
            }

            var isLast = place == transition.Notifications.Count - 1;
            var key = KeyOf(change.Id);
            if (!cluster.WriteOwned(
                now.ForCluster, change.Id.Index, key, NotificationStateCodec.Encode(change.Told), isUrgent && isLast, effects))
            {
                // Another owner has gone on; what it noted down holds, and what is left of it is not this node's to send.
                TakeBack(now, change.Id, key, sendsLeft: false, transition);
            }
        }

        transition.Notifications.Clear();
    }

    /// <summary>A command ended: a next owner of its object need not wait any longer, unless something else about it runs here.</summary>
    public void Ended(Instant now, CommandToRun run, ClusterEffects effects)
    {
        if (EngineConfiguration.Find(engine.Configuration.Objects, run.Host, run.Service) is { } id
            && !engine.IsOwned(id) && !engine.IsNotifying(id) && !engine.IsRunning(id))
        {
            cluster.ResultDropped(now.ForCluster, id.Index, effects);
        }
    }

    /// <summary>What another node noted down.</summary>
    public void Take(Instant now, ClusterEffect.Changed changed, Transition transition, RefusalCounters refusals)
    {
        if (NotificationStateCodec.Decode(changed.Payload.Span) is not { } told)
        {
            refusals.Add(RefusalReason.StateUnreadable);
        }
        else if (OperatorRegisters.ObjectOf(engine.Configuration.Objects, changed.Register.Key) is { } id)
        {
            engine.StoreTold(now.ForEngine, id, told, sendsLeft: true, transition);
        }
    }

    /// <summary>Gives the objects that a configuration brought what is known of them.</summary>
    /// <param name="now">The time.</param>
    /// <param name="former">Per object its former number, or -1.</param>
    /// <param name="transition">What follows.</param>
    public void Restore(Instant now, ImmutableArray<int> former, Transition transition)
    {
        for (var index = 0; index < former.Length; index++)
        {
            if (former[index] < 0)
            {
                TakeBack(now, new CheckableId(index), KeyOf(new CheckableId(index)), sendsLeft: true, transition);
            }
        }
    }

    private void TakeBack(Instant now, CheckableId id, RegisterKey key, bool sendsLeft, Transition transition)
    {
        if (cluster.Read(key) is { } payload && NotificationStateCodec.Decode(payload.Span) is { } told)
        {
            engine.StoreTold(now.ForEngine, id, told, sendsLeft, transition);
        }
    }

    private RegisterKey KeyOf(CheckableId id) =>
        new(RegisterKind.Notifications, OperatorRegisters.KeyOf(engine.Configuration.Objects, id));
}
