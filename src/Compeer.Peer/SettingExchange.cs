using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Engine;
using Compeer.Engine.Events;

namespace Compeer.Peer;

/// <summary>Brings what operators changed from the engine to the other nodes and back.</summary>
internal sealed class SettingExchange(MonitoringEngine engine, ClusterMachine cluster, Transition transition, ClusterEffects effects)
{
    private readonly OperatorRegisters _registers = new();

    /// <summary>A setting that was changed here goes to all nodes.</summary>
    /// <returns>What is to be said of it; null for nothing.</returns>
    public string? Write(Instant now, SettingChange setting)
    {
        var key = _registers.Remember(engine.Configuration.Objects, setting);
        return cluster.Write(now.ForCluster, key, SettingValueCodec.Encode(setting.Value), effects)
            ? null
            : "a setting that a command changed is in force at this node only: there are too many to be kept";
    }

    /// <summary>Takes what another node wrote.</summary>
    /// <returns>False when the bytes mean nothing to this version.</returns>
    public bool Take(Instant now, ClusterEffect.Changed changed)
    {
        if (_registers.Take(engine.Configuration.Objects, changed.Register, changed.Payload, out var isReadable) is { } setting)
        {
            engine.Set(now.ForEngine, setting, transition);
        }

        return isReadable;
    }

    /// <summary>A change of the configuration, which the engine has taken up, brought objects that may have settings.</summary>
    public void Follow(Instant now, PeerChange change)
    {
        var before = change.Before.Objects.Contacts.Select(contact => contact.Name).ToHashSet(StringComparer.Ordinal);
        var added = _registers.OfAdded(
            engine.Configuration.Objects, id => change.ForEngine.Former[id.Index] < 0, contact => !before.Contains(contact));
        foreach (var setting in added)
        {
            engine.Set(now.ForEngine, setting, transition);
        }
    }
}
