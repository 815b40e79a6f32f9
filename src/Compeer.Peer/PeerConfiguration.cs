using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;
using Compeer.Engine.TimePeriods;

namespace Compeer.Peer;

/// <summary>
/// One configuration as a <see cref="MonitoringPeer"/> works by it: prepared for the engine and for the cluster, whose numbers
/// for the objects are the same. Immutable; made on any thread, because it looks at every object.
/// </summary>
public sealed class PeerConfiguration
{
    /// <summary>Prepares it.</summary>
    /// <param name="main">The main configuration.</param>
    /// <param name="objects">The objects.</param>
    /// <param name="zone">The zone of time periods and of times in macros.</param>
    /// <param name="version">Its hash, and its number unless the cluster machine is to give it one.</param>
    public PeerConfiguration(
        MainConfiguration main, ObjectConfiguration objects, ZoneRules zone, ConfigurationVersion version)
    {
        ForEngine = new EngineConfiguration(main, objects, zone);
        var forCluster = ClusterObjectsBuilder.Build(objects, version);

        // A next owner waits for a notification that is under way as it does for a check.
        var longest = main.Notifications.Timeout > forCluster.LongestCheck ? main.Notifications.Timeout : forCluster.LongestCheck;
        ForCluster = new PreparedObjects(forCluster with { LongestCheck = longest });
    }

    /// <summary>The main configuration.</summary>
    public MainConfiguration Main => ForEngine.Main;

    /// <summary>The objects watched.</summary>
    public ObjectConfiguration Objects => ForEngine.Objects;

    /// <summary>What it was made as; <see cref="ClusterSnapshot.Version"/> says by what number the others know it.</summary>
    public ConfigurationVersion Version => ForCluster.Version;

    internal EngineConfiguration ForEngine { get; }

    internal PreparedObjects ForCluster { get; }
}
