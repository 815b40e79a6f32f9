using Compeer.Api;
using Compeer.Cluster.Nodes;

namespace Compeer.Daemon.Hosting;

/// <summary>What does not change while a daemon runs.</summary>
internal sealed record DaemonIdentity(MonitorPaths Paths, DateTimeOffset StartedAt, NodeId Id);
