using System.Collections.Immutable;
using System.Text;

namespace Compeer.Cluster.Model;

/// <summary>What of a node's configuration is checked by nobody, because another configuration is in force.</summary>
/// <param name="Number">How many objects; at least so many unless <paramref name="IsExact"/>.</param>
/// <param name="IsExact">Whether they were compared one by one with those in force.</param>
/// <param name="Names">Some of them, for people: at most <see cref="MaxNames"/>.</param>
public sealed record UncheckedObjects(int Number, bool IsExact, ImmutableArray<string> Names)
{
    /// <summary>How many are named.</summary>
    public const int MaxNames = 3;

    /// <summary>The longest name, in characters; longer ones are shortened.</summary>
    public const int MaxNameLength = 200;

    /// <summary>How many of them are hosts, whose keys have one part; 0 as long as they were not compared.</summary>
    public int Hosts { get; init; }

    /// <summary>Everything is checked by somebody.</summary>
    public static UncheckedObjects None { get; } = new(0, IsExact: true, []);

    /// <inheritdoc/>
    public bool Equals(UncheckedObjects? other) => other is not null
        && (Number, Hosts, IsExact) == (other.Number, other.Hosts, other.IsExact)
        && Names.AsSpan().SequenceEqual(other.Names.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number, IsExact, Names.Length);

    /// <summary>Whether an object is a host; a service's key has its description as a second part.</summary>
    internal static bool IsHost(ReadOnlySpan<byte> key) => !key.Contains((byte)'\n');

    /// <summary>How people know an object: the parts of its key with semicolons between them, as <c>host;service</c>.</summary>
    internal static string NameOf(ReadOnlySpan<byte> key)
    {
        var text = Encoding.UTF8.GetString(key);
        text = text.Contains('\uFFFD', StringComparison.Ordinal) ? Encoding.Latin1.GetString(key) : text;
        return Readable(text.Replace('\n', ';'));
    }

    /// <summary>Words of another node, made fit for a line of ours.</summary>
    internal static string Readable(string name)
    {
        var line = string.Concat(name.Select(letter => char.IsControl(letter) ? ' ' : letter));
        if (line.Length <= MaxNameLength)
        {
            return line;
        }

        // A letter of two halves is not cut between them.
        var end = MaxNameLength - (char.IsHighSurrogate(line[MaxNameLength - 2]) ? 2 : 1);
        return line[..end] + "…";
    }
}
