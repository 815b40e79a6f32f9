using Compeer.Cluster.Model;
using Compeer.Configuration.Nodes;
using Compeer.Daemon.Links;
using Compeer.Daemon.Platform;
using Compeer.Peer;

namespace Compeer.Daemon.Hosting;

/// <summary>What a node is in its cluster, by its merlin.conf, its key and the moment of its start.</summary>
internal static class NodeOptions
{
    public static ClusterOptions Of(MerlinConfiguration configuration, NodeKey key, Instant startedAt)
    {
        var defaults = new ClusterOptions
        {
            Self = key.Pin.Id,
            Incarnation = startedAt.Wall.ToUnixTimeMilliseconds(),
            SoftwareVersion = ProgramVersion.Text,
            MaxFrameBytes = LinkOptions.MaxFrameBytes,
        };
        if (configuration.PulseInterval is not { } pulse)
        {
            return defaults;
        }

        // Merlin's files may ask for slower pulses than ours; silence must then be suffered for longer too.
        var timeout = defaults.DataTimeout > 2 * pulse ? defaults.DataTimeout : 3 * pulse;
        return defaults with { PulseInterval = pulse, DataTimeout = timeout };
    }
}
