using Compeer.Cluster.Model;
using Compeer.Simulation.Nodes;

namespace Compeer.Simulation.Checking;

/// <summary>A warning in a log is explained by something that was done to the cluster, or it is a failure.</summary>
internal sealed class WarningChecker(SimulatedCluster cluster)
{
    /// <summary>What a warning says, and what of <see cref="Cause"/> explains it.</summary>
    private static readonly (string Text, Cause Cause)[] Explained =
    [
        ("is down: ", Cause.Fault | Cause.Narrow | Cause.OtherVersion | Cause.ClonedKey),
        ("cannot be connected: ", Cause.Fault),
        ("further cluster messages left out", Cause.Fault),
        ("did not confirm in time", Cause.Fault),
        ("have not ended in the longest time", Cause.LongPlugins),
        ("a request to the owner of an object was dropped", Cause.Fault | Cause.OtherVersion),
        ("this node did nothing for", Cause.Stall | Cause.ClockStep),
        ("the others know a later run of this node", Cause.ClockStep | Cause.Skew | Cause.ClonedKey),
        ("stamps its values", Cause.ClockStep | Cause.Skew),
        ("all checks are run by the configuration", Cause.Reload),
        ("is overruled by", Cause.Reload),
        ("the clock of this node was set", Cause.ClockStep),
        ("the clock of this node is", Cause.ClockStep | Cause.Skew),
        ("the clock of node", Cause.ClockStep | Cause.Skew),
        ("it refuses this node: ", Cause.OtherVersion | Cause.ClonedKey | Cause.ClockStep | Cause.Skew),
        ("is refused: ", Cause.OtherVersion | Cause.ClonedKey),
        ("same key", Cause.ClonedKey),
        ("own key", Cause.ClonedKey),
        ("no poller of ", Cause.Fault),
        ("until 'mon oconf push'", Cause.Fault),
        ("does not name the same pollers as this node", Cause.Fault),
        ("merlin.conf here does not name that one", Cause.Fault),
        ("merlin.conf here does not name these", Cause.Fault),
        (" was told twice about ", Cause.Fault | Cause.Narrow),
    ];

    private Cause _causes;

    [Flags]
    public enum Cause
    {
        None = 0,

        /// <summary>A node or a connection was lost.</summary>
        Fault = 1,
        Stall = 2,
        ClockStep = 4,
        Skew = 8,
        ClonedKey = 16,
        OtherVersion = 32,
        Narrow = 64,
        LongPlugins = 128,
        Reload = 256,
    }

    /// <summary>Every warning of this simulation.</summary>
    public List<string> All { get; } = [];

    /// <summary>Something was done to the cluster that its logs may speak of.</summary>
    public void Expect(Cause cause) => _causes |= cause;

    /// <summary>A node that is not running, or has just begun, is missed by the others.</summary>
    private bool IsAboutANodeThatIsOff(string text) =>
        (text.Contains("cannot be connected: ", StringComparison.Ordinal) || text.Contains("is down: ", StringComparison.Ordinal))
        && cluster.Peers.Exists(peer => text.Contains($"node {peer.Name} ", StringComparison.Ordinal)
            && (!peer.IsAlive || peer.StartedAt + TimeSpan.FromSeconds(1) > cluster.Time.Now));

    public void Noticed(SimulatedPeer peer, NoticeLevel level, string text)
    {
        if (level == NoticeLevel.Information)
        {
            return;
        }

        All.Add(text);
        if (Array.Find(Explained, known => text.Contains(known.Text, StringComparison.Ordinal)).Text is { } warning)
        {
            cluster.Reach($"warning: {warning}");
        }

        if (!IsAboutANodeThatIsOff(text)
            && !Array.Exists(Explained, known => (known.Cause & _causes) != 0 && text.Contains(known.Text, StringComparison.Ordinal)))
        {
            throw new SimulationFailedException(cluster, $"{peer.Name} warns, and nothing that was done explains it: {text}");
        }
    }
}
