using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Peer;

/// <summary>Carries what the cluster came to into the engine: what others wrote, what is gained and lost, what the owner of an object
/// is asked for. Its counterpart is <see cref="EngineOutcome"/>.</summary>
internal sealed class ClusterOutcome(
    MonitoringEngine engine,
    ClusterMachine cluster,
    Exchanges exchanges,
    AwaitedOwners owners,
    ObeyedWords obeyed,
    Transition transition,
    ClusterEffects effects,
    RefusalCounters refusals)
{
    private readonly List<int> _running = [];

    /// <summary>Does what one effect that is not for the shell says.</summary>
    public void Follow(Instant now, ClusterEffect effect)
    {
        switch (effect)
        {
            case ClusterEffect.Apply apply:
                Store(apply, CheckStateCodec.Decode(apply.Payload.Span));
                break;
            case ClusterEffect.Gain gain:
                engine.Gain(now.ForEngine, Checkables(gain.Objects), gain.ClockAhead, transition, Duties.Checks);
                break;
            case ClusterEffect.GainSending gain:
                engine.Gain(now.ForEngine, Checkables(gain.Objects), TimeSpan.Zero, transition, Duties.Sending);
                break;
            case ClusterEffect.LoseSending lose:
                HandOver(now, lose);
                break;
            case ClusterEffect.Lose lose:
                HandOver(now, lose);
                break;
            case ClusterEffect.Asked asked:
                Obey(now, asked);
                break;
            case ClusterEffect.Answered answered:
                owners.Answered(answered.Number, answered.Failure);
                break;
            case ClusterEffect.Changed { Register.Kind: RegisterKind.Notifications or RegisterKind.Deliveries } told:
                Count(exchanges.Notifications.Take(now, told, transition, effects));
                break;
            case ClusterEffect.Changed changed when OperatorRegisters.Has(changed.Register):
                Count(exchanges.Settings.Take(now, changed));
                break;
            case ClusterEffect.Changed changed when EntryRegisters.Has(changed.Register):
                Count(exchanges.Entries.Take(now, changed));
                break;
            case ClusterEffect.Entered entered:
                Count(exchanges.History.Take(now, entered));
                break;
            case ClusterEffect.Changed:
                // The cluster keeps it; nothing in this version's engine reads such a kind.
                break;
            default:
                throw new InvalidOperationException($"unknown effect {effect.GetType().Name}");
        }
    }

    /// <summary>Takes a state that another node wrote, or a former run of this one.</summary>
    /// <param name="apply">Its bytes.</param>
    /// <param name="decoding">What they say.</param>
    public void Store(ClusterEffect.Apply apply, in CheckStateDecoding decoding)
    {
        if (decoding.State is { } state)
        {
            engine.Store(new CheckableId(apply.Register.Object), state, apply.ClockAhead, transition);
        }
        else
        {
            refusals.Add(RefusalReason.StateUnreadable);
        }

        // What a later version says beyond this one's fields is not lost to the other nodes.
        if (!decoding.IsWhole)
        {
            cluster.Storage.KeepAsCame(apply.Register, apply.Payload);
        }
    }

    private void Count(bool isReadable)
    {
        if (!isReadable)
        {
            refusals.Add(RefusalReason.StateUnreadable);
        }
    }

    /// <summary>Does what another peer asks this one for as the owner of an object. (Whether a check is made for it is this peer's
    /// business: one that was made just now is made again later, or not at all.)</summary>
    private void Obey(Instant now, ClusterEffect.Asked asked)
    {
        var failure = (string?)"its owner is of a version that does not know what is asked of it";
        if (ObjectRequestCodec.Decode(asked.Payload.Span) is { } request)
        {
            failure = engine.Obey(now.ForEngine, new CheckableId(asked.Object), request, transition);
        }
        else
        {
            refusals.Add(RefusalReason.RequestUnreadable);
        }

        if (asked.Tag is { } tag)
        {
            obeyed.Add(tag, failure);
        }
    }

    /// <summary>Stops acting for objects and says which of them still have a check running here, so that their next
    /// owner waits for its result instead of running it twice.</summary>
    private void HandOver(Instant now, ClusterEffect.Lose lose)
    {
        engine.Lose(now.ForEngine, Checkables(lose.Objects), lose.DiscardRunning, transition, Duties.Checks);
        if (lose.DiscardRunning)
        {
            return;
        }

        _running.Clear();
        foreach (var index in lose.Objects)
        {
            if (engine.IsRunning(new CheckableId(index)))
            {
                _running.Add(index);
            }
        }

        cluster.HandOver(now.ForCluster, lose.Handover, _running, effects);
    }

    /// <summary>Stops sending what is to be told about objects and says about which of them something is being sent here, so that whoever
    /// sends next does not send it again.</summary>
    private void HandOver(Instant now, ClusterEffect.LoseSending lose)
    {
        var objects = Checkables(lose.Objects);
        engine.Lose(now.ForEngine, objects, discardRunning: false, transition, Duties.Sending);
        if (lose.WantsAnswer)
        {
            int[] sending = [.. objects.Where(engine.Sending.IsUnderWay).Select(id => id.Index)];
            cluster.HandOver(now.ForCluster, lose.Handover, sending, effects);
        }
    }

    private static CheckableId[] Checkables(ImmutableArray<int> objects) =>
        Array.ConvertAll(ImmutableCollectionsMarshal.AsArray(objects)!, index => new CheckableId(index));
}
