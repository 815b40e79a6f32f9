using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Peer;

/// <summary>Brings comments, downtimes and acknowledgements from the engine to the other nodes and back.</summary>
internal sealed class EntryExchange(MonitoringEngine engine, ClusterMachine cluster, Transition transition, ClusterEffects effects)
{
    private readonly EntryRegisters _registers = new();

    /// <summary>One that was made here goes to all nodes; one for which there is no room is taken back.</summary>
    /// <returns>What is to be said of it; null for nothing.</returns>
    public string? Write(Instant now, EntryChange entry)
    {
        (var key, var payload) = _registers.Remember(entry);
        if (cluster.Write(now.ForCluster, key, payload, effects) || payload is null)
        {
            return null;
        }

        engine.Take(now.ForEngine, _registers.Take(key, default, isRemoval: true)!, transition);
        return "a comment, a downtime or an acknowledgement is refused: it was removed before, or there are too many to be kept";
    }

    /// <summary>Takes what another node wrote.</summary>
    /// <returns>False when the bytes mean nothing to this version.</returns>
    public bool Take(Instant now, ClusterEffect.Changed changed)
    {
        if (_registers.Take(changed.Register, changed.Payload, changed.IsRemoval) is not { } entry)
        {
            return false;
        }

        // The words that a downtime began and that it was cancelled may have come before it.
        if (engine.Take(now.ForEngine, entry, transition) && entry is EntryChange.OfDowntime)
        {
            foreach (var word in _registers.WordsOf(changed.Register))
            {
                engine.Take(now.ForEngine, word, transition);
            }
        }

        return true;
    }

    /// <summary>A change of the configuration brought objects, of which something may be remembered, and took others away.</summary>
    /// <param name="now">The time.</param>
    /// <param name="change">The change, which the engine has taken up.</param>
    public void Follow(Instant now, PeerChange change)
    {
        foreach (var entry in _registers.Of(name => Find(name) is { } id && change.ForEngine.Former[id.Index] < 0))
        {
            engine.Take(now.ForEngine, entry, transition);
        }

        transition.Entries.AddRange(_registers.Forgotten(name => Find(name) is not null, now.Wall));
    }

    private CheckableId? Find(ObjectName name) => EngineConfiguration.Find(engine.Configuration.Objects, name.Host, name.Service);
}
