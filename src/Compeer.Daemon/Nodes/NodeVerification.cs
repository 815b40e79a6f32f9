using System.Collections.Immutable;
using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Links;
using Compeer.Daemon.Platform;

namespace Compeer.Daemon.Nodes;

/// <summary>What a start would say of merlin.conf and of the keys, without starting and without making a key.</summary>
internal static class NodeVerification
{
    /// <summary>Every finding; an error is what a start refuses.</summary>
    /// <param name="paths">Where everything is.</param>
    /// <param name="objects">The objects that the nodes share; null when they have errors, and are not looked at.</param>
    public static ImmutableArray<Diagnostic> Of(MonitorPaths paths, ObjectConfiguration? objects)
    {
        var self = ReadOwnId(NodeKey.FileIn(paths), out var keyProblem);
        var nodes = new NodeFiles(paths.MerlinConfiguration, self).Read(out var findings);
        var warnings = nodes?.Nodes.SelectMany(node => NodeWarnings.Of(paths.MerlinConfiguration, node)) ?? [];
        var unfit = nodes is null || objects is null
            ? []
            : PollerChecks.Of(paths.MerlinConfiguration, nodes.Configuration.Nodes, objects);
        var blocked = nodes is null || objects is null ? [] : PollerChecks.Blocked(nodes.Configuration, objects)
            .Select(text => new Diagnostic(DiagnosticSeverity.Warning, new SourcePosition(paths.MerlinConfiguration, 0), text));
        ImmutableArray<Diagnostic> all = [.. findings, .. warnings, .. unfit, .. blocked];
        return keyProblem is null ? all : all.Add(keyProblem);
    }

    /// <summary>This node's own id; none when it has no key yet, or one that only the daemon's user may read: then it is not
    /// noticed when a neighbour is given the same.</summary>
    private static NodeId ReadOwnId(string file, out Diagnostic? problem)
    {
        problem = null;
        if (!File.Exists(file))
        {
            return default;
        }

        try
        {
            using var key = NodeKey.LoadOrCreate(file);
            return key.Pin.Id;
        }
        catch (StartupException exception)
        {
            if (exception.InnerException is not UnauthorizedAccessException)
            {
                problem = new Diagnostic(DiagnosticSeverity.Error, new SourcePosition(file, 0), exception.Message);
            }

            return default;
        }
    }
}
