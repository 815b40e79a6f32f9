using System.Collections.Immutable;
using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Peer;

/// <summary>What was told about objects, as registers of the cluster: one for each object, written by its owner, and with every node
/// before anything of it is sent. Beside it, of objects that others own, what this node sent of it.</summary>
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
            var key = KeyOf(RegisterKind.Notifications, change.Id);
            if (!cluster.WriteOwned(
                now.ForCluster, change.Id.Index, key, NotificationStateCodec.Encode(change.Told), isUrgent && isLast, effects))
            {
                // Another owner has gone on; what it noted down holds, and what is left of it is not this node's to send.
                TakeBack(now, change.Id, key, sendsLeft: false, transition);
            }
        }

        transition.Notifications.Clear();
        foreach (var id in transition.Deliveries)
        {
            // The owner takes them out of what is left, and then there are none. What cannot be kept is sent again by the next at worst.
            var sent = SentDeliveriesCodec.Encode(engine.Sending.SentOf(id));
            cluster.Write(now.ForCluster, KeyOf(RegisterKind.Deliveries, id), sent, effects, urgent: true);
        }

        transition.Deliveries.Clear();
    }

    /// <summary>A command ended: whoever sends next about its object need not wait any longer, unless something else about it is being
    /// sent here. The database is to have at once that it ended: a node that is alone, or the last one, would tell it again after a crash.
    /// </summary>
    public void Ended(Instant now, CommandToRun run, ClusterEffects effects)
    {
        if (run.Kind == CommandKind.Notification)
        {
            cluster.Storage.Hurry();
        }

        if (EngineConfiguration.Find(engine.Configuration.Objects, run.Host, run.Service) is { } id)
        {
            Ended(now, id, effects);
        }
    }

    /// <summary>What another node noted down, or sent. False when this version cannot read it.</summary>
    public bool Take(Instant now, ClusterEffect.Changed changed, Transition transition, ClusterEffects effects)
    {
        var found = OperatorRegisters.ObjectOf(engine.Configuration.Objects, changed.Register.Key);
        if (changed.Register.Kind == RegisterKind.Deliveries)
        {
            return TakeSent(now, found, changed.Payload, transition);
        }

        if (NotificationStateCodec.Decode(changed.Payload.Span) is not { } told)
        {
            return false;
        }

        if (found is { } id)
        {
            engine.StoreTold(now.ForEngine, id, told, sendsLeft: true, transition);
            Ended(now, id, effects);
        }

        return true;
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
                CheckableId id = new(index);
                if (cluster.Read(KeyOf(RegisterKind.Deliveries, id)) is { } sent)
                {
                    TakeSent(now, id, sent, transition);
                }

                TakeBack(now, id, KeyOf(RegisterKind.Notifications, id), sendsLeft: true, transition);
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

    private bool TakeSent(Instant now, CheckableId? found, ReadOnlyMemory<byte> payload, Transition transition)
    {
        if (SentDeliveriesCodec.Decode(payload.Span) is not { } sent)
        {
            return false;
        }

        if (found is { } id)
        {
            engine.Sending.Store(now.ForEngine, id, sent, transition);
        }

        return true;
    }

    private void Ended(Instant now, CheckableId id, ClusterEffects effects)
    {
        if (!engine.Sending.IsUnderWay(id))
        {
            cluster.SendingEnded(now.ForCluster, id.Index, effects);
        }
    }

    private RegisterKey KeyOf(RegisterKind kind, CheckableId id) =>
        new(kind, OperatorRegisters.KeyOf(engine.Configuration.Objects, id));
}
