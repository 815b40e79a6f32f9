using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Compeer.Cli.Files;
using Compeer.Cli.Keys;
using Compeer.Cli.Outcome;
using Compeer.Cli.Remote;
using Compeer.Configuration.Nodes;
using Compeer.Configuration.Nodes.Editing;
using Compeer.Configuration.Nodes.Reading;

namespace Compeer.Cli.Commands;

/// <summary>A poller's own end of its coming and going: who its masters and peers are, in its merlin.conf.</summary>
/// <param name="context">What a command works with.</param>
/// <param name="master">The master that is asked.</param>
internal sealed class PollerMembership(CommandContext context, RemoteNode master)
{
    private readonly MerlinConfigurationFile _file = new(context.Paths.MerlinConfiguration);

    /// <summary>The master that is asked.</summary>
    public RemoteNode Master { get; } = master;

    /// <summary>This node's own id (<c>ipc_uuid</c>).</summary>
    /// <param name="isMade">Whether one is made, and written down, when there is none.</param>
    /// <returns>The id; null when there is none.</returns>
    /// <exception cref="MonException">merlin.conf has errors.</exception>
    public string? OwnUuid(bool isMade)
    {
        string? uuid = null;
        _file.Change(content =>
        {
            uuid = Configuration().Uuid;
            if (uuid is not null || !isMade)
            {
                return null;
            }

            uuid = Guid.NewGuid().ToString("D");
            var separator = content.Length == 0 || content[^1] == (byte)'\n' ? "" : "\n";
            return (byte[])[.. content, .. Encoding.UTF8.GetBytes($"{separator}ipc_uuid = {uuid}\n")];
        });
        return uuid;
    }

    /// <summary>Writes down what a master answered: its key and those of the others, all masters, and the peers.</summary>
    /// <param name="poller">What this node said of itself.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="port">The master's port for links; empty for the usual one.</param>
    /// <param name="files">Paths that the masters keep here.</param>
    /// <exception cref="MonException">It cannot be written, or the answer makes no sense.</exception>
    public void TakeUp(
        PollerRegistration poller, ImmutableArray<KeyLine> answer, string port, ImmutableArray<string> files)
    {
        var own = port.Length > 0 ? port : NodeDefinition.DefaultPort.ToString(CultureInfo.InvariantCulture);
        List<Wanted> wanted = [new(NodeKind.Master, Master.Name, Master.Address, own)];
        foreach (var line in answer.Where(line => line.Verb is KeyVerb.Master or KeyVerb.Poller))
        {
            if (line.Text.Split(' ') is not [var name, var address, var otherPort])
            {
                throw new MonException($"{Master.Name} answered \"{line.Text}\", which is no node");
            }

            if (name != Master.Name)
            {
                wanted.Add(new Wanted(line.Verb == KeyVerb.Master ? NodeKind.Master : NodeKind.Peer, name, address, otherPort));
            }
        }

        KeepKeys(answer);
        _file.Change(content => Edit(content, poller.Name, wanted, files));
    }

    /// <summary>Fetches this node's part of the configuration, and the paths that come along.</summary>
    /// <returns>Whether all of it came.</returns>
    /// <exception cref="MonException">It cannot be fetched.</exception>
    public Task<bool> FetchAsync(CancellationToken cancellation) =>
        FetchSource.Find(Configuration(), Master.Name, any: null, out var fault) is { } source
            ? new NodeFetch(context, source, isDryRun: false, isVerbose: false, source.Node.Sync).RunAsync(cancellation)
            : throw new MonException(fault);

    /// <summary>Takes the masters and peers out, with their keys.</summary>
    /// <exception cref="MonException">It cannot be written.</exception>
    public async Task ForgetAsync(CancellationToken cancellation)
    {
        var gone = new List<string>();
        _file.Change(content =>
        {
            ReadOnlyMemory<byte> changed = content;
            foreach (var node in Configuration().Nodes.Where(node => node.Kind != NodeKind.Poller))
            {
                changed = MerlinConfigurationEditor.RemoveNode(_file.Path, changed, node.Name).Content!.Value;
                gone.Add(node.Name);
            }

            return gone.Count > 0 ? changed : default(ReadOnlyMemory<byte>?);
        });
        gone.ForEach(new LinkKeyStore(context.Paths.MerlinFolder).Forget);
        if (gone.Count > 0 && context.Process.Find().IsRunning)
        {
            await DaemonControl.ReloadNodesAsync(context, "slim-poller leave", cancellation).ConfigureAwait(false);
        }
    }

    private MerlinConfiguration Configuration() =>
        _file.ReadConfiguration(context.Error) ?? throw new MonException($"{_file.Path} has errors");

    /// <summary>Who answers over ssh is the master; its key and those that it gives are right, also when they were others before.</summary>
    private void KeepKeys(ImmutableArray<KeyLine> answer)
    {
        var store = new LinkKeyStore(context.Paths.MerlinFolder);
        foreach (var line in answer.Where(line => line.Verb == KeyVerb.Link))
        {
            var words = line.Text.Split(' ');
            var name = words.Length > 1 ? words[0] : Master.Name;
            if (NodeFault.OfName(name) is null && LinkKey.Parse(words[^1]) is { } key)
            {
                var kept = store.Keep(NodeKeyFile.Of(name), key, [name], replace: true);
                if (kept.State == KeptLinkKeyState.Replaced)
                {
                    context.Error.WriteLine(
                        $"replaced the link key of {name}: it was {kept.Key.Fingerprint}, it is {key.Fingerprint}");
                }
            }
        }
    }

    private ReadOnlyMemory<byte>? Edit(byte[] content, string ownName, List<Wanted> wanted, ImmutableArray<string> files)
    {
        ReadOnlyMemory<byte> changed = content;
        foreach (var node in Configuration().Nodes.Where(node => node.Kind != NodeKind.Poller))
        {
            if (!wanted.Exists(other => other.Is(node)))
            {
                changed = MerlinConfigurationEditor.RemoveNode(_file.Path, changed, node.Name).Content!.Value;
                if (!wanted.Exists(other => other.Name == node.Name))
                {
                    context.Out.WriteLine($"removed {NodeKinds.NameOf(node.Kind)} {node.Name}, which {Master.Name} does not have");
                }
            }
        }

        var present = MerlinConfigurationReader.Read(_file.Path, changed).Configuration!;
        foreach (var node in wanted.Where(node => present.FindNode(node.Name) is null))
        {
            var edit = MerlinConfigurationEditor.AddNode(_file.Path, changed, node.Kind, node.Name, SettingsOf(node, ownName, files));
            changed = edit.Content ?? throw new MonException(string.Join("; ", edit.Diagnostics.Select(d => d.Message)));
            context.Out.WriteLine($"added {NodeKinds.NameOf(node.Kind)} {node.Name}");
        }

        return changed.Span.SequenceEqual(content) ? default(ReadOnlyMemory<byte>?) : changed;
    }

    private KeyValuePair<string, string>[] SettingsOf(Wanted node, string ownName, ImmutableArray<string> files) =>
    [
        new("address", node.Address),
        new("port", node.Port),
        .. node.Kind != NodeKind.Master ? [] : (KeyValuePair<string, string>[])
        [
            new("accept_runcmd", "1"),
            new("oconf_fetch_name", ownName),
            new("oconf_fetch", $"mon oconf fetch --sync {node.Name}"),
            .. Master.User is { } user ? [new("oconf_ssh_user", user)] : Array.Empty<KeyValuePair<string, string>>(),
            .. files.Select(path => KeyValuePair.Create(MerlinConfigurationEditor.SyncKey, path)),
        ],
    ];

    private sealed record Wanted(NodeKind Kind, string Name, string Address, string Port)
    {
        /// <summary>Whether it is configured so already.</summary>
        public bool Is(NodeDefinition node) =>
            (node.Kind, node.Name, node.Address) == (Kind, Name, Address)
            && node.Port.ToString(CultureInfo.InvariantCulture) == Port;
    }
}
