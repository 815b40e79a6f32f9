namespace Compeer.Simulation.World;

/// <summary>Numbers that depend on their arguments only, in every process alike: HashCode is salted anew in each, and a
/// seed would not replay.</summary>
internal static class StableDice
{
    /// <summary>A well mixed number for this combination (the finaliser of SplitMix64, Steele et al. 2014).</summary>
    public static ulong Throw(long one, long two, long three)
    {
        var state = Mix(unchecked((ulong)one) + 0x9E3779B97F4A7C15);
        state = Mix(state ^ unchecked((ulong)two));
        return Mix(state ^ unchecked((ulong)three));
    }

    private static ulong Mix(ulong value)
    {
        value = unchecked((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9);
        value = unchecked((value ^ (value >> 27)) * 0x94D049BB133111EB);
        return value ^ (value >> 31);
    }
}
