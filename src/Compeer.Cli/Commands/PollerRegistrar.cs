using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Compeer.Cli.Daemon;
using Compeer.Cli.Files;
using Compeer.Cli.Keys;
using Compeer.Cli.Outcome;
using Compeer.Cli.Remote;
using Compeer.Configuration.Nodes;
using Compeer.Configuration.Nodes.Editing;
using Compeer.Configuration.Nodes.Reading;

namespace Compeer.Cli.Commands;

/// <summary>
/// A master's end of a poller's coming and going: its block in merlin.conf and its link key, here and, when that is asked for, at the
/// peers of this node. Doing it again changes nothing that is right, so that several pollers may come at once without a lock.
/// </summary>
internal sealed class PollerRegistrar(CommandContext context)
{
    /// <summary>Seconds without the poller after which its block goes, as Merlin's registration has it.</summary>
    private const int AutoDelete = 300;

    private readonly MerlinConfigurationFile _file = new(context.Paths.MerlinConfiguration);

    /// <summary>Does it.</summary>
    /// <returns>For the poller: <see cref="KeyVerb.Register"/> or <see cref="KeyVerb.Deregister"/> when it is done here, the keys and
    /// addresses of nodes that it has to know, and what was done, or failed, in words.</returns>
    public async Task<ImmutableArray<KeyLine>> DoAsync(PollerRegistration poller, CancellationToken cancellation)
    {
        try
        {
            if (poller.FindFault() is { } fault)
            {
                return [new KeyLine(KeyVerb.Failed, fault)];
            }

            var links = await LinkKeys.OpenAsync(context, cancellation).ConfigureAwait(false);
            var here = poller.Leaves
                ? await RemoveAsync(poller, cancellation).ConfigureAwait(false)
                : await AddAsync(poller, links, cancellation).ConfigureAwait(false);
            if (here.Any(line => line.Verb == KeyVerb.Failed))
            {
                return here;
            }

            var there = poller.Everywhere ? await TellPeersAsync(poller, cancellation).ConfigureAwait(false) : [];
            return [.. here, .. there, .. poller.Leaves ? [] : Neighbours(poller, links)];
        }
        catch (MonException e)
        {
            return [new KeyLine(KeyVerb.Failed, e.Message)];
        }
    }

    private MerlinConfiguration Configuration() =>
        _file.ReadConfiguration(context.Error) ?? throw new MonException($"{_file.Path} has errors");

    private async Task<ImmutableArray<KeyLine>> AddAsync(PollerRegistration poller, LinkKeys links, CancellationToken cancellation)
    {
        var known = Configuration().FindNode(poller.Name);
        await RequireGroupsAsync(poller, cancellation).ConfigureAwait(false);
        RequireOwnKey(poller, links);
        var wasChanged = false;
        KeptLinkKey? kept = null;
        _file.Change(content =>
        {
            var now = MerlinConfigurationReader.Read(_file.Path, content).Configuration;
            known = now?.FindNode(poller.Name);
            RequireSamePoller(poller, known, now);
            var file = known is null ? NodeKeyFile.Of(poller.Name) : NodeKeyFile.Of(known);
            kept = new LinkKeyStore(context.Paths.MerlinFolder).Keep(file, poller.Key!, [poller.Name, poller.Address], replace: true);
            if (known is not null && known.Address == poller.Address && known.HostGroups.ToHashSet().SetEquals(poller.Groups))
            {
                return null;
            }

            wasChanged = true;
            return Changed(content, poller, known is not null);
        });
        if (wasChanged || kept!.State is KeptLinkKeyState.Taken or KeptLinkKeyState.Replaced)
        {
            await TakeUpAsync(cancellation).ConfigureAwait(false);
        }

        return
        [
            new(KeyVerb.Register, poller.Name),
            .. kept!.State == KeptLinkKeyState.Replaced
                ? [new KeyLine(
                    KeyVerb.Did,
                    $"replaced the link key of {poller.Name}: it was {kept.Key.Fingerprint}, it is {poller.Key!.Fingerprint}")]
                : Array.Empty<KeyLine>(),
            new(KeyVerb.Did, (known, wasChanged) switch
            {
                (null, _) => $"added poller {poller.Name}",
                (_, true) => $"changed poller {poller.Name}",
                _ => $"poller {poller.Name} is configured already",
            }),
        ];
    }

    /// <summary>A block that is there keeps what people made of it.</summary>
    private ReadOnlyMemory<byte> Changed(byte[] content, PollerRegistration poller, bool isKnown)
    {
        KeyValuePair<string, string>[] own = [new("address", poller.Address), new("hostgroup", string.Join(',', poller.Groups))];
        var edit = isKnown
            ? MerlinConfigurationEditor.ChangeNode(_file.Path, content, poller.Name, own)
            : MerlinConfigurationEditor.AddNode(_file.Path, content, NodeKind.Poller, poller.Name,
            [
                .. own,
                new("connect", "no"),
                new("notifies", "no"),
                new("uuid", poller.Uuid),
                new("auto_delete", AutoDelete.ToString(CultureInfo.InvariantCulture)),
                new("takeover", "no"),
            ]);
        return edit.Content ?? throw new MonException(string.Join("; ", edit.Diagnostics.Select(diagnostic => diagnostic.Message)));
    }

    /// <summary>Who has the name or the id of another poller is not that one.</summary>
    private static void RequireSamePoller(PollerRegistration poller, NodeDefinition? known, MerlinConfiguration? configuration)
    {
        if (known is not null && (known.Kind != NodeKind.Poller || !IsSame(known.Uuid, poller.Uuid)))
        {
            throw new MonException(known.Kind != NodeKind.Poller
                ? $"{poller.Name} is configured already, as a {NodeKinds.NameOf(known.Kind)}"
                : $"{poller.Name} is configured already, {(known.Uuid is null ? "without a uuid" : "with another uuid")}; if it is gone, "
                    + $"\"mon slim-poller deregister --poller-name={poller.Name}\" makes room");
        }

        if (configuration?.Nodes.FirstOrDefault(node => node.Name != poller.Name && IsSame(node.Uuid, poller.Uuid)) is { } other)
        {
            throw new MonException($"the uuid {poller.Uuid} is that of {other.Name}; each node needs one of its own");
        }
    }

    private static bool IsSame(string? uuid, string other) => string.Equals(uuid, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>A node is its key: containers that were made of one image with a key in it would be one node.</summary>
    private static void RequireOwnKey(PollerRegistration poller, LinkKeys links)
    {
        var holder = poller.Key == links.Own ? "this node"
            : links.Configured().FirstOrDefault(known => known.Node.Name != poller.Name && known.Key == poller.Key).Node?.Name;
        if (holder is not null)
        {
            throw new MonException($"the link key of {poller.Name} is that of {holder}; each node needs one of its own");
        }
    }

    /// <summary>Host groups that nobody has are a mistake that would show as a poller without work. While mond does not run, nobody
    /// knows.</summary>
    private async Task RequireGroupsAsync(PollerRegistration poller, CancellationToken cancellation)
    {
        var socket = QueryLsqCommand.LivestatusPath(context, named: null);
        if (!context.Process.Find().IsRunning || !File.Exists(socket))
        {
            return;
        }

        using var answer = new MemoryStream();
        await foreach (var piece in LocalSocket.AskAsync(
            socket, Encoding.UTF8.GetBytes("GET hostgroups\nColumns: name\n"), endsQuestion: true, cancellation).ConfigureAwait(false))
        {
            answer.Write(piece.Span);
        }

        var all = Encoding.UTF8.GetString(answer.ToArray()).Split('\n');
        string[] missing = [.. poller.Groups.Except(all, StringComparer.Ordinal)];
        if (missing.Length > 0)
        {
            var names = string.Join(", ", missing);
            throw new MonException($"there is no host group {names}");
        }
    }

    private async Task<ImmutableArray<KeyLine>> RemoveAsync(PollerRegistration poller, CancellationToken cancellation)
    {
        var wasThere = false;
        _file.Change(content =>
        {
            var known = Configuration().FindNode(poller.Name);
            if (known is { Kind: not NodeKind.Poller })
            {
                throw new MonException($"{poller.Name} is a {NodeKinds.NameOf(known.Kind)}, no poller");
            }

            if (known?.Uuid is { } uuid && poller.Uuid.Length > 0 && !IsSame(uuid, poller.Uuid))
            {
                throw new MonException($"{poller.Name} is configured with another uuid; it is another node, and stays");
            }

            wasThere = known is not null;
            return wasThere ? MerlinConfigurationEditor.RemoveNode(_file.Path, content, poller.Name).Content : null;
        });
        if (wasThere)
        {
            new LinkKeyStore(context.Paths.MerlinFolder).Forget(poller.Name);
            await TakeUpAsync(cancellation).ConfigureAwait(false);
        }

        return
        [
            new(KeyVerb.Deregister, poller.Name),
            new(KeyVerb.Did, wasThere ? $"removed poller {poller.Name}" : $"poller {poller.Name} is not configured"),
        ];
    }

    private async Task TakeUpAsync(CancellationToken cancellation)
    {
        using var said = new StringWriter();
        var code = await DaemonControl
            .ReloadNodesAsync(context with { Error = said }, "slim-poller", cancellation).ConfigureAwait(false);
        if (code != ExitCodes.Success)
        {
            throw new MonException(said.ToString().Trim().Split('\n')[^1]);
        }
    }

    private async Task<ImmutableArray<KeyLine>> TellPeersAsync(PollerRegistration poller, CancellationToken cancellation)
    {
        var configuration = Configuration();
        var answers = await Task.WhenAll(configuration.Nodes.Where(node => node.Kind == NodeKind.Peer).Select(async node =>
        {
            if (!node.Connect)
            {
                return [new KeyLine(KeyVerb.Failed, $"{node.Name} is not told: connect = no")];
            }

            try
            {
                var answer = await MasterTalk
                    .AskAsync(context, RemoteNode.Of(node, configuration), poller with { Everywhere = false }, cancellation)
                    .ConfigureAwait(false);
                return [.. answer.Where(line => line.Verb is KeyVerb.Did or KeyVerb.Failed)
                    .Select(line => line with { Text = $"{node.Name}: {line.Text}" })];
            }
            catch (MonException e)
            {
                return (KeyLine[])[new KeyLine(KeyVerb.Failed, e.Message)];
            }
        })).ConfigureAwait(false);
        return [.. answers.SelectMany(answer => answer)];
    }

    /// <summary>The other masters, the pollers of the same group, and their keys.</summary>
    private IEnumerable<KeyLine> Neighbours(PollerRegistration poller, LinkKeys links)
    {
        var groups = poller.Groups.ToHashSet(StringComparer.Ordinal);
        yield return new KeyLine(KeyVerb.Link, links.Own.ToString());
        foreach (var node in Configuration().Nodes)
        {
            var isMate = node.Kind == NodeKind.Poller && node.Name != poller.Name && groups.SetEquals(node.HostGroups);
            if (!isMate && node.Kind != NodeKind.Peer)
            {
                continue;
            }

            yield return new KeyLine(
                isMate ? KeyVerb.Poller : KeyVerb.Master,
                $"{node.Name} {node.Address} {node.Port.ToString(CultureInfo.InvariantCulture)}");
            if (links.Configured().FirstOrDefault(known => known.Node.Name == node.Name).Key is { } key)
            {
                yield return new KeyLine(KeyVerb.Link, $"{node.Name} {key}");
            }
        }
    }
}
