using Compeer.Api;
using Compeer.Configuration.Main;
using Compeer.Configuration.Nodes;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Log;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Nodes;

/// <summary>
/// Keeps the files with the parts of the configuration that pollers get up with the configuration in force and with merlin.conf, and
/// says which cannot be made. They are written beside everything else: monitoring does not wait for it. Any thread may call it.
/// </summary>
/// <param name="paths">Where everything is.</param>
/// <param name="log">Takes warnings.</param>
internal sealed class PollerParts(MonitorPaths paths, DaemonLog log) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private (MainConfiguration Main, ObjectConfiguration Objects)? _configuration;
    private MerlinConfiguration _nodes = MerlinConfiguration.Empty;
    private HashSet<string> _said = [];
    private Task _writing = Task.CompletedTask;

    /// <summary>Where the part of a poller is; null when it gets none of this node: it is none, or merlin.conf says so.</summary>
    public static string? FileOf(MonitorPaths paths, MerlinConfiguration configuration, NodeDefinition node)
    {
        var settings = node.ObjectConfig ?? configuration.Daemon.ObjectConfig;
        return node.Kind != NodeKind.Poller || settings?.Push?.ToUpperInvariant() is "NO" or "N" or "FALSE" or "OFF" or "0" ? null
            : settings?.Source ?? Path.Combine(paths.MerlinFolder, configuration.SplitFolder ?? paths.SplitFolder, node.Name + ".cfg");
    }

    /// <summary>This configuration is in force.</summary>
    public void Follow(MainConfiguration main, ObjectConfiguration objects)
    {
        lock (_lock)
        {
            _configuration = (main, objects);
            Begin();
        }
    }

    /// <summary>These are the neighbours.</summary>
    public void Follow(MerlinConfiguration nodes)
    {
        lock (_lock)
        {
            if (!_nodes.Nodes.SequenceEqual(nodes.Nodes) || _nodes.SplitFolder != nodes.SplitFolder
                || !_nodes.BlockedHostGroups.SequenceEqual(nodes.BlockedHostGroups))
            {
                _nodes = nodes;
                Begin();
            }
        }
    }

    /// <summary>Waits for what is being written. Nothing may follow.</summary>
    public async ValueTask DisposeAsync()
    {
        Task writing;
        lock (_lock)
        {
            writing = _writing;
        }

        await writing.ConfigureAwait(false);
    }

    private void Begin()
    {
        if (_configuration is { } configuration
            && (_nodes.Nodes.Any(node => node.Kind == NodeKind.Poller) || !_nodes.BlockedHostGroups.IsEmpty))
        {
            _writing = WriteAfterAsync(_writing, configuration.Main, configuration.Objects, _nodes);
        }
    }

    private async Task WriteAfterAsync(Task before, MainConfiguration main, ObjectConfiguration objects, MerlinConfiguration nodes)
    {
        // Not on the caller's thread, which is the loop's.
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var findings = PollerChecks.WithoutPart(paths.MerlinConfiguration, nodes.Nodes, objects)
            .Select(finding => finding.ToString()).Concat(PollerChecks.Blocked(nodes, objects)).ToHashSet();
        foreach (var finding in findings.Where(finding => !_said.Contains(finding)))
        {
            log.Information(finding);
        }

        _said = findings;
        foreach (var part in PollerPart.Of(main, objects, nodes.Nodes).Where(part => part.Part is not null))
        {
            foreach (var poller in part.Pollers.Where(poller => (poller.ObjectConfig ?? nodes.Daemon.ObjectConfig)?.Source is null))
            {
                Write(part, main, FileOf(paths, nodes, poller));
            }
        }
    }

    private void Write(PollerPart part, MainConfiguration main, string? file)
    {
        try
        {
            if (file is not null)
            {
                PollerPartFile.Write(part, main, file);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Error($"{file}, which a poller is to get, cannot be written: {SystemError.Words(exception)}");
        }
    }
}
