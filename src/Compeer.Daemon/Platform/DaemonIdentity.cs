using Compeer.Api;
using Compeer.Cluster.Model;

namespace Compeer.Daemon.Platform;

/// <summary>What does not change while a daemon runs.</summary>
internal sealed record DaemonIdentity(MonitorPaths Paths, DateTimeOffset StartedAt, NodeId Id);
