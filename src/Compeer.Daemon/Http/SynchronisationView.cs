using System.Collections.Immutable;
using Compeer.Api;
using Compeer.Daemon.Nodes;
using Compeer.Daemon.Synchronisation;

namespace Compeer.Daemon.Http;

/// <summary>The files and folders that are kept the same, as the HTTP interface shows them: with the nodes.</summary>
internal static class SynchronisationView
{
    /// <summary>The nodes with their files and folders.</summary>
    public static NodesStatus With(NodesStatus status, NodeSet nodes, ImmutableArray<SynchronisedPathState> states)
    {
        var names = nodes.Nodes.Where(node => node.Pin is not null)
            .ToDictionary(node => node.Definition.Name, node => node.Pin!.Id, StringComparer.Ordinal);
        return status with
        {
            Nodes =
            [
                .. status.Nodes.Select(node => node.IsSelf || !names.TryGetValue(node.Name, out var id)
                    ? node
                    : node with { Synchronised = [.. states.Where(state => state.Neighbour == id).Select(Shown)] }),
            ],
        };
    }

    private static SynchronisedPath Shown(SynchronisedPathState state) =>
        new(state.Path, state.PathThere, state.IsSent, state.IsInStep, state.LastSame, state.Text)
        {
            WaitsForPush = state.WaitsForPush,
        };
}
