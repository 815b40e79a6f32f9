using Compeer.Api;
using Compeer.Cluster.Model;
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
    private (MainConfiguration Main, ObjectConfiguration Objects, string Hash)? _configuration;
    private MerlinConfiguration _nodes = MerlinConfiguration.Empty;
    private readonly Dictionary<string, PartOrigin> _origins = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _madeOf = new(StringComparer.Ordinal);
    private ConfigurationVersion? _version;
    private HashSet<string> _said = [];
    private Task _writing = Task.CompletedTask;

    /// <summary>Where the part of a poller is; null when it gets none of this node: it is none, or merlin.conf says so.</summary>
    public static string? FileOf(MonitorPaths paths, MerlinConfiguration configuration, NodeDefinition node)
    {
        var settings = node.ObjectConfig ?? configuration.Daemon.ObjectConfig;
        return node.Kind != NodeKind.Poller || settings?.Push?.ToUpperInvariant() is "NO" or "N" or "FALSE" or "OFF" or "0" ? null
            : settings?.Source ?? Path.Combine(paths.MerlinFolder, configuration.SplitFolder ?? paths.SplitFolder, node.Name + ".cfg");
    }

    /// <summary>Which configuration a file was made of; null when it is none of those that are made here.</summary>
    public PartOrigin? OriginOf(string file)
    {
        lock (_lock)
        {
            return _origins.GetValueOrDefault(file);
        }
    }

    /// <summary>This configuration is in force.</summary>
    /// <param name="main">Its main file.</param>
    /// <param name="objects">Its objects.</param>
    /// <param name="hash">The hash by which its version names it.</param>
    public void Follow(MainConfiguration main, ObjectConfiguration objects, string hash)
    {
        lock (_lock)
        {
            _configuration = (main, objects, hash);
            Begin();
        }
    }

    /// <summary>The configuration in force has this number.</summary>
    public void Follow(ConfigurationVersion? version)
    {
        lock (_lock)
        {
            _version = version is not { Number: > 0 } ? null : version with { Ancestors = [] };
            foreach (var file in _madeOf.Keys)
            {
                Number(file);
            }
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
            _writing = WriteAfterAsync(_writing, configuration, _nodes);
        }
    }

    /// <summary>What a file says has the number of the configuration that it was made of. Until another one is written it keeps that
    /// number, whatever is in force meanwhile.</summary>
    private void Number(string file)
    {
        if (_version is { } version && _madeOf.GetValueOrDefault(file) == version.Hash)
        {
            _origins[file] = new PartOrigin(version);
        }
    }

    private async Task WriteAfterAsync(
        Task before, (MainConfiguration Main, ObjectConfiguration Objects, string Hash) configuration, MerlinConfiguration nodes)
    {
        var (main, objects, hash) = configuration;

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
                Write(part, main, FileOf(paths, nodes, poller), hash);
            }
        }
    }

    private void Write(PollerPart part, MainConfiguration main, string? file, string hash)
    {
        if (file is null)
        {
            return;
        }

        try
        {
            lock (_lock)
            {
                _origins.TryAdd(file, new PartOrigin(Version: null));
            }

            PollerPartFile.Write(part, main, file);
            lock (_lock)
            {
                _madeOf[file] = hash;
                Number(file);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Error($"{file}, which a poller is to get, cannot be written: {SystemError.Words(exception)}");
        }
    }
}
