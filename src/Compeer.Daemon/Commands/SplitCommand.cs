using Compeer.Api;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Main;
using Compeer.Configuration.Nodes;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Nodes;
using Compeer.Daemon.Platform;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Commands;

/// <summary><c>mond --split</c>: writes the part of the configuration that each poller gets into a file of its own, and says so in
/// Merlin's words. Run as the daemon's user, whose folder it is.</summary>
internal static class SplitCommand
{
    /// <param name="paths">Where everything is.</param>
    /// <param name="names">The pollers, with commas between them; empty for all.</param>
    /// <param name="output">Takes what was done.</param>
    public static int Run(MonitorPaths paths, string names, TextWriter output)
    {
        var nodes = new NodeFiles(paths.MerlinConfiguration, default).Read(out var findings);
        var loaded = ConfigurationLoader.Load(paths.FindMainConfiguration());
        if (nodes is null || loaded.Main is not { } main || loaded.Objects is not { } objects)
        {
            using var errors = Console.OpenStandardError();
            foreach (var finding in (nodes is null ? findings : loaded.Diagnostics)
                .Where(finding => finding.Severity == DiagnosticSeverity.Error))
            {
                OutputLines.Write(errors, finding);
            }

            return ExitCodes.Failure;
        }

        var wanted = names.Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        var pollers = nodes.Configuration.Nodes
            .Where(node => node.Kind == NodeKind.Poller && (wanted.Count == 0 || wanted.Contains(node.Name))).ToList();
        var folder = Path.Combine(paths.MerlinFolder, nodes.Configuration.SplitFolder ?? paths.SplitFolder);
        var isDone = true;
        foreach (var part in PollerPart.Of(main, objects, pollers))
        {
            foreach (var poller in part.Pollers)
            {
                isDone &= Write(part, poller, main, $"{folder}/{poller.Name}.cfg", output);
            }
        }

        return isDone ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static bool Write(PollerPart part, NodeDefinition poller, MainConfiguration main, string file, TextWriter output)
    {
        if (part.Part is not { } objects)
        {
            StandardError.Write($"mond: poller {poller.Name}: {part.Problem}");
            return false;
        }

        try
        {
            PollerPartFile.Write(part, main, file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{file}: {SystemError.Words(exception)}");
        }

        output.WriteLine(
            $"Created {file} with {objects.Objects} objects for hostgroup list '{string.Join(',', poller.HostGroups)}'");
        return true;
    }
}
