using Compeer.Cluster.Model;

namespace Compeer.Cluster.Division;

/// <summary>
/// What is divided: the objects (hosts and services) with the unit each belongs to and the work it makes. Made once for a
/// configuration and used for every change of membership; immutable. All nodes with one configuration version make it
/// from the same objects in the same order.
/// </summary>
public sealed class DivisionUnits
{
    /// <summary>The largest weight that counts, in checks per minute: more than any object can be checked.</summary>
    public const double MaximumWeight = 100_000;

    /// <summary>The most objects that can be divided: 50 million. All their weights together fit into 64 bits.</summary>
    public const int MaximumCount = 50_000_000;

    // Weights are counted in millionths of a check per minute: sums of integers are the same on every machine and in any
    // order.
    private const double WeightResolution = 1_000_000;

    private readonly ulong[] _hashes;
    private readonly int[] _heads;
    private readonly long[] _weights;

    private DivisionUnits(ulong[] hashes, int[] heads, long[] weights)
    {
        _hashes = hashes;
        _heads = heads;
        _weights = weights;
    }

    /// <summary>The number of objects.</summary>
    public int Count => _heads.Length;

    /// <summary>Per object the hash of its key.</summary>
    internal ReadOnlySpan<ulong> Hashes => _hashes;

    /// <summary>Per object the object that heads its unit.</summary>
    internal ReadOnlySpan<int> Heads => _heads;

    /// <summary>Per object its weight in millionths of a check per minute.</summary>
    internal ReadOnlySpan<long> Weights => _weights;

    /// <summary>Takes in the objects of a configuration.</summary>
    /// <param name="keys">Per object the bytes that name it on every node.</param>
    /// <param name="groups">
    /// Per object the index of the object that heads its unit: for a service its host, for a host itself.
    /// </param>
    /// <param name="weights">
    /// Per object its checks per minute, zero or more. Zero means that nobody has to run anything for it (passive); such
    /// objects do not count in the load of their unit, and units of nothing else are divided by their number. More than
    /// <see cref="MaximumWeight"/> counts as that.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The lists differ in length or are too long, a group is not the index of an object that heads itself, or a weight is
    /// negative or not a number.
    /// </exception>
    public static DivisionUnits Create(
        IReadOnlyList<ReadOnlyMemory<byte>> keys,
        IReadOnlyList<int> groups,
        IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(weights);
        if (groups.Count != keys.Count || weights.Count != keys.Count)
        {
            throw new ArgumentException(
                $"{keys.Count} keys, {groups.Count} groups and {weights.Count} weights; each object needs one of each.");
        }

        if (keys.Count > MaximumCount)
        {
            throw new ArgumentException($"{keys.Count} objects are too many; at most {MaximumCount} can be divided.");
        }

        var hashes = new ulong[keys.Count];
        var heads = new int[keys.Count];
        var counted = new long[keys.Count];
        for (var i = 0; i < hashes.Length; i++)
        {
            var head = groups[i];
            if (head < 0 || head >= hashes.Length || groups[head] != head)
            {
                throw new ArgumentException($"Object {i} is in the group of object {head}, which heads no group.");
            }

            hashes[i] = StableHash.OfKey(keys[i].Span);
            heads[i] = head;
            counted[i] = Counted(i, weights[i]);
        }

        return new DivisionUnits(hashes, heads, counted);
    }

    /// <summary>Some of the objects, whole units of them, in their order.</summary>
    internal DivisionUnits Part(int[] objects)
    {
        var places = new int[_heads.Length];
        for (var i = 0; i < objects.Length; i++)
        {
            places[objects[i]] = i;
        }

        return new DivisionUnits(
            Array.ConvertAll(objects, index => _hashes[index]),
            Array.ConvertAll(objects, index => places[_heads[index]]),
            Array.ConvertAll(objects, index => _weights[index]));
    }

    private static long Counted(int index, double weight)
    {
        if (!double.IsFinite(weight) || weight < 0)
        {
            throw new ArgumentException($"Object {index} has the weight {weight}; zero or more checks per minute are allowed.");
        }

        // A weight below the resolution still is work: only a true zero is passive.
        return weight == 0 ? 0 : Math.Max(1, (long)Math.Round(Math.Min(weight, MaximumWeight) * WeightResolution));
    }
}
