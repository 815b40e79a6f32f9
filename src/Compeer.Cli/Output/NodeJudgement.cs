using Compeer.Api;

namespace Compeer.Cli.Output;

/// <summary>What of a node's status is well and what is not: the one place where that is decided.</summary>
internal static class NodeJudgement
{
    /// <summary>Whether a node runs the configuration by which the checks run; true for nodes of another group, which have their
    /// own, and while none is in force.</summary>
    public static bool IsInStep(NodeStatus node, ConfigurationInForce? inForce) =>
        inForce is null || node.Type is not ("peer" or "local") || node.ConfigurationHash == inForce.Hash;

    /// <summary>Whether nothing at all is wrong.</summary>
    public static bool IsWell(NodesStatus status) => status.ConfigurationProblems.IsEmpty
        && status.Unchecked.Count == 0
        && status.Nodes.All(node =>
            node.State == NodeStateName.Active && node.Refused is null && IsInStep(node, status.InForce))
        && IsSynchronised(status);

    /// <summary>Whether every file and folder that is kept the same is the same at both ends, or is meant to go by a push.</summary>
    public static bool IsSynchronised(NodesStatus status) =>
        status.Nodes.All(node => node.Synchronised.All(path => path.IsInStep || path.WaitsForPush));
}
