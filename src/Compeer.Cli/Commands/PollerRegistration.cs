using System.Collections.Immutable;
using Compeer.Cli.Keys;

namespace Compeer.Cli.Commands;

/// <summary>A poller that comes and goes by itself, as a container does, in the message by which it registers at its masters.</summary>
/// <param name="Name">What it is called at its masters.</param>
internal sealed record PollerRegistration(string Name)
{
    /// <summary>Characters of a UUID, as Merlin has it.</summary>
    private const int UuidLength = 36;

    /// <summary>Whether it leaves; then only its name and its id matter.</summary>
    public bool Leaves { get; init; }

    /// <summary>Where it is reached.</summary>
    public string Address { get; init; } = "";

    /// <summary>Its own id; empty for one that leaves without saying it.</summary>
    public string Uuid { get; init; } = "";

    /// <summary>Its host groups, with commas.</summary>
    public string HostGroups { get; init; } = "";

    /// <summary>Its link key; null for one that leaves.</summary>
    public LinkKey? Key { get; init; }

    /// <summary>Whether the peers of the master that is asked are told, too.</summary>
    public bool Everywhere { get; init; }

    /// <summary>The host groups, each once.</summary>
    public ImmutableArray<string> Groups =>
    [
        .. HostGroups.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Whether a text can be a UUID of a node.</summary>
    public static bool IsUuid(string text) =>
        text.Length == UuidLength && text.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');

    /// <summary>From the lines of a message; null when they are about nothing of the kind.</summary>
    public static PollerRegistration? FromLines(IReadOnlyCollection<KeyLine> lines)
    {
        var subject = lines.FirstOrDefault(line => line.Verb is KeyVerb.Register or KeyVerb.Deregister);
        return subject is null ? null : new PollerRegistration(subject.Text)
        {
            Leaves = subject.Verb == KeyVerb.Deregister,
            Address = Find(KeyVerb.Address),
            Uuid = Find(KeyVerb.Uuid),
            HostGroups = Find(KeyVerb.HostGroups),
            Key = LinkKey.Parse(Find(KeyVerb.Link)),
            Everywhere = lines.Any(line => line.Verb == KeyVerb.Everywhere),
        };

        string Find(KeyVerb verb) => lines.FirstOrDefault(line => line.Verb == verb)?.Text ?? "";
    }

    /// <summary>As lines of a message.</summary>
    public IEnumerable<KeyLine> ToLines() =>
    [
        new(Leaves ? KeyVerb.Deregister : KeyVerb.Register, Name),
        .. Uuid.Length > 0 ? [new KeyLine(KeyVerb.Uuid, Uuid)] : Array.Empty<KeyLine>(),
        .. Leaves ? Array.Empty<KeyLine>() :
        [
            new(KeyVerb.Address, Address),
            new(KeyVerb.HostGroups, HostGroups),
            new(KeyVerb.Link, Key?.ToString() ?? ""),
        ],
        .. Everywhere ? [new KeyLine(KeyVerb.Everywhere, "")] : Array.Empty<KeyLine>(),
    ];

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public string? FindFault()
    {
        if (NodeFault.OfName(Name) is { } nameFault)
        {
            return nameFault;
        }

        if ((Uuid.Length > 0 || !Leaves) && !IsUuid(Uuid))
        {
            return $"\"{Uuid}\" is no UUID: {UuidLength} letters, digits and dashes, as \"mon id generate\" prints them";
        }

        return Leaves ? null
            : NodeFault.OfAddress(Address) is { } addressFault ? addressFault
            : Groups.IsEmpty ? "a poller needs a host group"
            : Key is null ? "its link key is missing, or is no key as \"mon node key\" prints it"
            : null;
    }
}
