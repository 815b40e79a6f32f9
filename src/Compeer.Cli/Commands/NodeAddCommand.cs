using System.CommandLine;
using Compeer.Cli.Files;
using Compeer.Cli.Keys;
using Compeer.Cli.Outcome;
using Compeer.Configuration.Nodes;
using Compeer.Configuration.Nodes.Editing;

namespace Compeer.Cli.Commands;

/// <summary><c>mon node add</c></summary>
internal sealed class NodeAddCommand : MonCommand
{
    private readonly Argument<string[]> _words = new("words") { Arity = ArgumentArity.ZeroOrMore };

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "node", "add", "<name> type=[peer|poller|master] [key=value …]", "Add a node to merlin.conf.")
    {
        Details =
        [
            "The node's block is appended to merlin.conf, all else stays as it is. A running",
            "mond takes the change up at once.",
        ],
        Options =
        [
            ("name", "what the node is called here; its address when none is given"),
            ("type=TYPE", "peer, poller or master; poller when not given"),
            ("address=ADDRESS", "host name or IP address"),
            ("port=PORT", $"TCP port; {NodeDefinition.DefaultPort} when not given"),
            ("hostgroup=NAME[,…]", "host groups of a poller; a poller needs at least one"),
            ("publickey=FILE", "the node's public key, as \"mon node key\" prints it there; \"mon sshkey\" brings it, too"),
            ("connect=no", "wait for the node to connect, do not dial it"),
            ("takeover=no", "do not do a poller's checks when it is lost"),
            ("notifies=no", "notify of what a poller checks from here, while it sees this node"),
            ("data_timeout=SECONDS", "silence after which the node counts as lost"),
            ("oconf_KEY=VALUE", "a key of the object_config block: ssh_user, ssh_key, ssh_port, …"),
        ],
        Examples =
        [
            "mon node add peer02 type=peer",
            "mon node add peer02 type=peer address=192.0.2.2 publickey=/opt/monitor/op5/merlin/peer02.pem",
            "mon node add gbg type=poller hostgroup=gothenburg",
        ],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax) => syntax.Arguments.Add(_words);

    /// <inheritdoc/>
    public override async Task<int> RunAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var words = arguments.GetValue(_words) ?? [];
        if (words.Length == 0 || words[0].Contains('=', StringComparison.Ordinal))
        {
            return FailUsage(context, "the first argument is the name of the node");
        }

        var kind = NodeKind.Poller;
        if (NodeFault.OfName(words[0]) is { } nameFault)
        {
            return FailUsage(context, nameFault);
        }

        var settings = new List<KeyValuePair<string, string>>();
        foreach (var word in words[1..])
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                return FailUsage(context, $"\"{word}\" does not have the form key=value");
            }

            (var key, var value) = (word[..equals], word[(equals + 1)..]);
            if (NodeFault.OfSetting(key, value, context.Paths.MerlinFolder) is { } settingFault)
            {
                return FailUsage(context, settingFault);
            }

            if (!string.Equals(key, "type", StringComparison.OrdinalIgnoreCase))
            {
                settings.Add(KeyValuePair.Create(key, Absolute(key, value)));
            }
            else if (NodeTypeFilter.Parse(value, out var fault) is { } given)
            {
                kind = given;
            }
            else
            {
                return FailUsage(context, fault);
            }
        }

        var isAddressed = settings.Exists(setting => string.Equals(setting.Key, "address", StringComparison.OrdinalIgnoreCase));
        if (!isAddressed && context.Machine.IsCalled(words[0]))
        {
            return Fail(context, $"{words[0]} is this machine itself; the other nodes are those to add here, and this one there");
        }

        if (!isAddressed
            && !words[0].Contains('/', StringComparison.Ordinal)
            && NodeFault.OfAddress(words[0]) is { } addressFault)
        {
            return FailUsage(context, addressFault + "; without address=, the name is the address");
        }

        return await AddAsync(context, kind, words[0], settings, cancellation).ConfigureAwait(false);
    }

    private async Task<int> AddAsync(
        CommandContext context,
        NodeKind kind,
        string name,
        List<KeyValuePair<string, string>> settings,
        CancellationToken cancellation)
    {
        var file = new MerlinConfigurationFile(context.Paths.MerlinConfiguration);
        MerlinEdit? edit = null;
        file.Change(content =>
        {
            edit = MerlinConfigurationEditor.AddNode(file.Path, content, kind, name, settings);
            return edit.Content;
        });
        WriteDiagnostics(context, edit!);
        if (edit!.Content is null)
        {
            return ExitCodes.Failure;
        }

        context.Out.WriteLine($"Successfully added {NodeKinds.NameOf(kind)} node '{name}'");
        SayKey(context, name, settings);
        return await DaemonControl.ReloadNodesAsync(context, Help.Path, cancellation).ConfigureAwait(false);
    }

    private void WriteDiagnostics(CommandContext context, MerlinEdit edit)
    {
        foreach (var diagnostic in edit.Diagnostics)
        {
            context.Error.WriteLine(diagnostic.Position.Line == 0 ? $"mon {Help.Path}: {diagnostic.Message}" : diagnostic.ToString());
        }
    }

    /// <summary>A key file is named from where the operator stands, and read from another folder.</summary>
    private static string Absolute(string key, string value) =>
        string.Equals(key, "publickey", StringComparison.OrdinalIgnoreCase) && File.Exists(value)
            ? Path.GetFullPath(value)
            : value;

    private static void SayKey(CommandContext context, string name, List<KeyValuePair<string, string>> settings)
    {
        if (ValueOf("publickey") is not { } key)
        {
            var address = ValueOf("address") ?? name;
            var given = new LinkKeyStore(context.Paths.MerlinFolder).Claim(name, LinkKeys.NamesOf(address));
            context.Error.WriteLine(given is null
                ? $"note: the link to {name} stays down until its key is known; \"mon sshkey push {name}\" brings it"
                : $"note: the link key of {name} was given already ({given.Fingerprint})");
        }
        else if (!File.Exists(Path.Combine(context.Paths.MerlinFolder, key)))
        {
            context.Error.WriteLine($"note: there is no file {key} yet; the link to {name} stays down until then");
        }

        string? ValueOf(string setting) =>
            settings.LastOrDefault(s => string.Equals(s.Key, setting, StringComparison.OrdinalIgnoreCase)).Value;
    }
}
