using System.Collections.Immutable;

namespace Compeer.Cli.Keys;

/// <summary>What to do for a user of the machine.</summary>
/// <param name="NeedsKey">Whether a key of its own is asked for, and made when there is none.</param>
/// <param name="Authorize">Keys that may log in.</param>
/// <param name="Known">Machines to know.</param>
internal sealed record AccountTask(bool NeedsKey, ImmutableArray<PublicSshKey> Authorize, ImmutableArray<KnownHost> Known)
{
    /// <summary>As lines, for the process that acts as that user.</summary>
    public IEnumerable<KeyLine> ToLines() =>
    [
        .. NeedsKey ? [new KeyLine(KeyVerb.Give, "")] : Array.Empty<KeyLine>(),
        .. Authorize.Select(key => new KeyLine(KeyVerb.Key, key.ToString())),
        .. Known.Select(host => new KeyLine(KeyVerb.HostKey, $"{host.Name} {host.Key}")),
    ];

    /// <summary>From such lines.</summary>
    public static AccountTask FromLines(IReadOnlyCollection<KeyLine> lines) => new(
        lines.Any(line => line.Verb == KeyVerb.Give),
        [.. lines.Where(line => line.Verb == KeyVerb.Key).Select(line => PublicSshKey.Parse(line.Text)).OfType<PublicSshKey>()],
        [.. lines.Where(line => line.Verb == KeyVerb.HostKey).Select(line => HostOf(line.Text)).OfType<KnownHost>()]);

    private static KnownHost? HostOf(string text)
    {
        var blank = text.IndexOf(' ', StringComparison.Ordinal);
        return blank > 0 && PublicSshKey.Parse(text[blank..]) is { } key ? new KnownHost(text[..blank], key) : null;
    }
}
