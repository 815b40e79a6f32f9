namespace Compeer.Engine.Model;

/// <summary>
/// A number in [0, 1) for each name, evenly distributed and the same at every peer: it places checks evenly over a window
/// where Naemon draws a random number, so that no randomness is needed and peers agree.
/// </summary>
internal static class Spread
{
    private const ulong Basis = 14695981039346656037UL;
    private const ulong Prime = 1099511628211UL;

    /// <summary>The number of a host (<paramref name="description"/> empty) or a service.</summary>
    public static double Fraction(ReadOnlySpan<char> host, ReadOnlySpan<char> description)
    {
        // FNV-1a over the characters, then the finalizer of MurmurHash3, because FNV alone leaves the high bits of names
        // that differ in their last digit close together.
        var hash = Add(Basis, host);
        hash = (hash ^ ';') * Prime;
        hash = Add(hash, description);
        hash ^= hash >> 33;
        hash *= 0xFF51AFD7ED558CCDUL;
        hash ^= hash >> 33;
        hash *= 0xC4CEB9FE1A85EC53UL;
        hash ^= hash >> 33;
        return (hash >> 11) * (1.0 / (1UL << 53));
    }

    private static ulong Add(ulong hash, ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            hash = (hash ^ character) * Prime;
        }

        return hash;
    }
}
