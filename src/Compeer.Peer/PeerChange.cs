using Compeer.Configuration.Objects.Comparison;
using Compeer.Engine.Site;

namespace Compeer.Peer;

/// <summary>From one configuration of a <see cref="MonitoringPeer"/> to the next. Made on any thread, taken up once.</summary>
public sealed class PeerChange
{
    private PeerChange(PeerConfiguration before, PeerConfiguration after)
    {
        Before = before;
        After = after;
        ForEngine = EngineChange.Prepare(before.ForEngine, after.ForEngine);
    }

    /// <summary>The configuration that it starts from.</summary>
    public PeerConfiguration Before { get; }

    /// <summary>The configuration that it leads to.</summary>
    public PeerConfiguration After { get; }

    /// <summary>What is different about the objects.</summary>
    public ConfigurationDiff Difference => ForEngine.Difference;

    internal EngineChange ForEngine { get; }

    /// <summary>Finds out what lies between two configurations.</summary>
    public static PeerChange Prepare(PeerConfiguration before, PeerConfiguration after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return new PeerChange(before, after);
    }
}
