using Compeer.Api;
using Compeer.Cluster.Nodes;

namespace Compeer.Daemon.Platform;

/// <summary>What does not change while a daemon runs.</summary>
internal sealed record DaemonIdentity(MonitorPaths Paths, DateTimeOffset StartedAt, NodeId Id);
