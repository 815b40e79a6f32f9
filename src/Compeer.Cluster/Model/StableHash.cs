using System.Runtime.InteropServices;

namespace Compeer.Cluster.Model;

/// <summary>
/// The hash of the division. Every node of a cluster computes owners alone, so this function is part of the protocol:
/// a node with another one would own other objects. It never changes; a golden test holds it still.
/// </summary>
internal static class StableHash
{
    private const ulong FnvOffsetBasis = 0xCBF2_9CE4_8422_2325;
    private const ulong FnvPrime = 0x0000_0100_0000_01B3;

    /// <summary>
    /// 64-bit FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), which alone spreads short keys badly over its high
    /// bits, and then <see cref="Mix"/>, which does.
    /// </summary>
    public static ulong OfKey(ReadOnlySpan<byte> key)
    {
        var hash = FnvOffsetBasis;
        foreach (var value in key)
        {
            hash = (hash ^ value) * FnvPrime;
        }

        return Mix(hash);
    }

    /// <summary>The hash of a text's UTF-16 code units.</summary>
    public static ulong OfText(string text) => OfKey(MemoryMarshal.AsBytes(text.AsSpan()));

    /// <summary>A node's hash, from all 128 bits of its id.</summary>
    public static ulong OfNode(NodeId id) => Mix(Mix(id.Upper) ^ id.Lower);

    /// <summary>
    /// How much a unit wants a node: rendezvous hashing (Thaler and Ravishankar 1998) gives a unit to the node with its
    /// highest score. A score depends on nothing but the two, so that another node's coming and going leaves it alone.
    /// </summary>
    public static ulong Score(ulong unit, ulong node) => Mix(unit ^ node);

    /// <summary>
    /// The 64-bit finaliser of MurmurHash3 (Appleby): a permutation in which each bit of the input changes each bit of
    /// the output with probability one half.
    /// </summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xFF51_AFD7_ED55_8CCD;
        value = (value ^ (value >> 33)) * 0xC4CE_B9FE_1A85_EC53;
        return value ^ (value >> 33);
    }
}
