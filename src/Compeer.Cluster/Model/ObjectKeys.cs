namespace Compeer.Cluster.Model;

/// <summary>The objects' keys, found by their bytes or by their hash.</summary>
internal sealed class ObjectKeys
{
    private readonly ClusterObjects _objects;
    private readonly Dictionary<ulong, int> _byHash;
    private readonly ulong[] _hashes;

    // The objects behind the first of a hash: with 64 bits, practically none.
    private readonly Dictionary<ulong, List<int>> _colliding = [];

    /// <exception cref="ArgumentException">A key is too long, empty or not unique.</exception>
    public ObjectKeys(ClusterObjects objects)
    {
        _objects = objects;
        _hashes = new ulong[objects.Keys.Length];
        _byHash = new Dictionary<ulong, int>(objects.Keys.Length);
        for (var i = 0; i < _hashes.Length; i++)
        {
            var key = objects.Keys[i].Span;
            if (key.Length is 0 or > ClusterObjects.MaxKeyBytes)
            {
                throw new ArgumentException(
                    $"The key of object {i} has {key.Length} bytes; allowed are 1 to {ClusterObjects.MaxKeyBytes}.");
            }

            if (Find(key) >= 0)
            {
                throw new ArgumentException($"Objects {Find(key)} and {i} have the same key.");
            }

            _hashes[i] = StableHash.OfKey(key);
            if (!_byHash.TryAdd(_hashes[i], i))
            {
                if (!_colliding.TryGetValue(_hashes[i], out var others))
                {
                    _colliding.Add(_hashes[i], others = []);
                }

                others.Add(i);
            }
        }
    }

    public int Count => _hashes.Length;

    public ulong HashOf(int index) => _hashes[index];

    public ReadOnlyMemory<byte> KeyOf(int index) => _objects.Keys[index];

    /// <summary>Whether there is an object whose key has this hash.</summary>
    public bool HasHash(ulong hash) => _byHash.ContainsKey(hash);

    /// <summary>The object with a key; -1 when there is none.</summary>
    public int Find(ReadOnlySpan<byte> key)
    {
        var hash = StableHash.OfKey(key);
        if (!_byHash.TryGetValue(hash, out var index))
        {
            return -1;
        }

        if (_objects.Keys[index].Span.SequenceEqual(key))
        {
            return index;
        }

        foreach (var other in _colliding.GetValueOrDefault(hash, []))
        {
            if (_objects.Keys[other].Span.SequenceEqual(key))
            {
                return other;
            }
        }

        return -1;
    }
}
