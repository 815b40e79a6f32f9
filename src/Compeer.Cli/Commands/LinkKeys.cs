using System.Net;
using System.Net.Sockets;
using Compeer.Cli.Files;
using Compeer.Cli.Keys;
using Compeer.Cli.Outcome;
using Compeer.Configuration.Nodes;

namespace Compeer.Cli.Commands;

/// <summary>The link keys that this node has been given, and its own.</summary>
internal sealed class LinkKeys
{
    private readonly MerlinConfiguration _configuration;
    private readonly LinkKeyStore _store;

    private LinkKeys(MerlinConfiguration configuration, LinkKeyStore store, LinkKey own)
    {
        _configuration = configuration;
        _store = store;
        Own = own;
    }

    /// <summary>This node's own key.</summary>
    public LinkKey Own { get; }

    /// <summary>Reads what there is; makes this node's own key when there is none.</summary>
    /// <exception cref="MonException">The own key cannot be read or made, or merlin.conf has errors.</exception>
    public static async Task<LinkKeys> OpenAsync(CommandContext context, CancellationToken cancellation)
    {
        var configuration = new MerlinConfigurationFile(context.Paths.MerlinConfiguration).ReadConfiguration(context.Error)
            ?? throw new MonException($"{context.Paths.MerlinConfiguration} has errors");
        var lines = new List<string>();
        var exitCode = await context.Mond.RunAsync(["--print-key"], lines.Add, context.Error.WriteLine, cancellation)
            .ConfigureAwait(false);
        return exitCode == 0 && LinkKey.FromPem(string.Join('\n', lines)) is { } own
            ? new LinkKeys(configuration, new LinkKeyStore(context.Paths.MerlinFolder), own)
            : throw new MonException("this node's own link key cannot be read");
    }

    /// <summary>The keys of all configured nodes that there is one of.</summary>
    public IEnumerable<(NodeDefinition Node, LinkKey Key)> Configured() =>
        from node in _configuration.Nodes
        let key = _store.Find(node)
        where key is not null
        select (node, key);

    /// <summary>Keeps the key of a node.</summary>
    /// <param name="names">What it is called, and its addresses; the first names it when it is not configured.</param>
    /// <param name="key">Its key.</param>
    /// <param name="replace">Whether it may take the place of another.</param>
    /// <returns>What came of it, in words; nothing for this node's own key.</returns>
    public IEnumerable<KeyLine> Keep(IReadOnlyList<string> names, LinkKey key, bool replace)
    {
        if (key == Own || names.Count == 0)
        {
            return [];
        }

        NodeDefinition[] nodes = [.. _configuration.Nodes.Where(node => IsCalled(node, names))];
        if (nodes.Length == 0 && names.Any(name => IPAddress.TryParse(name, out _)))
        {
            nodes = [.. _configuration.Nodes.Where(node => AddressesOf(node.Address).Intersect(names, StringComparer.Ordinal).Any())];
        }

        return nodes.Length > 0
            ? [.. nodes.Select(node => Keep(node.Name, NodeKeyFile.Of(node), [node.Name, .. names], key, replace))]
            : [Keep(names[0], NodeKeyFile.Of(names[0]), names, key, replace)];
    }

    private KeyLine Keep(string name, string file, IEnumerable<string> names, LinkKey key, bool replace)
    {
        try
        {
            var kept = _store.Keep(file, key, names, replace);
            return kept.State switch
            {
                KeptLinkKeyState.Known => new KeyLine(KeyVerb.Did, $"the link key of {name} was already installed ({key.Fingerprint})"),
                KeptLinkKeyState.Taken => new KeyLine(KeyVerb.Did, $"installed the link key of {name} ({key.Fingerprint})"),
                KeptLinkKeyState.Replaced => new KeyLine(
                    KeyVerb.Did, $"replaced the link key of {name}: it was {kept.Key.Fingerprint}, it is {key.Fingerprint}"),
                _ => new KeyLine(
                    KeyVerb.Failed,
                    $"the link key of {name} has changed: it was {kept.Key.Fingerprint}, now {key.Fingerprint} was given; "
                    + "the old one stays. If the machine was installed anew, say --replace"),
            };
        }
        catch (MonException e)
        {
            return new KeyLine(KeyVerb.Failed, $"the link key of {name} cannot be kept: {e.Message}");
        }
    }

    private static bool IsCalled(NodeDefinition node, IReadOnlyList<string> names) =>
        names.Contains(node.Name, StringComparer.OrdinalIgnoreCase)
        || names.Contains(node.Address, StringComparer.OrdinalIgnoreCase);

    /// <summary>What a machine may be called that is reached by this address: that, and the addresses behind it.</summary>
    public static IEnumerable<string> NamesOf(string address)
    {
        yield return address;
        foreach (var other in AddressesOf(address))
        {
            yield return other;
        }
    }

    /// <summary>The addresses of a machine; none when nobody knows it.</summary>
    private static IReadOnlyList<string> AddressesOf(string host)
    {
        try
        {
            return [.. Dns.GetHostAddresses(host).Select(address => address.ToString())];
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return [];
        }
    }
}
