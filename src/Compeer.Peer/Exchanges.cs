using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Engine;
using Compeer.Engine.Events;

namespace Compeer.Peer;

/// <summary>What brings the kinds of values from the engine to the other nodes and back, one for each kind.</summary>
internal sealed class Exchanges(
    MonitoringEngine engine, ClusterMachine cluster, Transition transition, ClusterEffects effects, RoundOutbox outbox)
{
    /// <summary>What operators changed.</summary>
    public SettingExchange Settings { get; } = new(engine, cluster, transition, effects);

    /// <summary>Comments, downtimes and acknowledgements.</summary>
    public EntryExchange Entries { get; } = new(engine, cluster, transition, effects);

    /// <summary>What was told.</summary>
    public NotificationRegisters Notifications { get; } = new(engine, cluster);

    /// <summary>What the logs tell.</summary>
    public HistoryExchange History { get; } = new(engine, cluster, outbox, effects);

    /// <summary>The engine has taken up a change of the configuration: what it brought gets what is remembered of it.</summary>
    public void Follow(Instant now, PeerChange change)
    {
        Settings.Follow(now, change);
        Entries.Follow(now, change);
        Notifications.Restore(now, change.ForEngine.Former, transition);
    }
}
