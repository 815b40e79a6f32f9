using System.Numerics;

namespace Compeer.Cluster.Model;

/// <summary>The objects' keys, found by their bytes or by their hash: 8 bytes for the hash and 8 to 16 for the place.</summary>
internal sealed class ObjectKeys
{
    private readonly ClusterObjects _objects;
    private readonly ulong[] _hashes;

    // Open addressing with linear probing, at most half full: an object's number and one, or 0.
    private readonly int[] _places;

    /// <exception cref="ArgumentException">A key is too long, empty or not unique.</exception>
    public ObjectKeys(ClusterObjects objects)
    {
        _objects = objects;
        _hashes = new ulong[objects.Keys.Length];
        _places = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, 2 * objects.Keys.Length))];
        for (var i = 0; i < _hashes.Length; i++)
        {
            var key = objects.Keys[i].Span;
            if (key.Length is 0 or > ClusterObjects.MaxKeyBytes)
            {
                throw new ArgumentException(
                    $"The key of object {i} has {key.Length} bytes; allowed are 1 to {ClusterObjects.MaxKeyBytes}.");
            }

            _hashes[i] = StableHash.OfKey(key);
            var place = PlaceOf(_hashes[i], key);
            if (_places[place] != 0)
            {
                throw new ArgumentException($"Objects {_places[place] - 1} and {i} have the same key.");
            }

            _places[place] = i + 1;
        }
    }

    public int Count => _hashes.Length;

    public ulong HashOf(int index) => _hashes[index];

    public ReadOnlyMemory<byte> KeyOf(int index) => _objects.Keys[index];

    /// <summary>Whether there is an object whose key has this hash.</summary>
    public bool HasHash(ulong hash)
    {
        for (var place = FirstOf(hash); _places[place] != 0; place = NextOf(place))
        {
            if (_hashes[_places[place] - 1] == hash)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The object with a key; -1 when there is none.</summary>
    public int Find(ReadOnlySpan<byte> key) => _places[PlaceOf(StableHash.OfKey(key), key)] - 1;

    /// <summary>Where a key's object is, or would be.</summary>
    private int PlaceOf(ulong hash, ReadOnlySpan<byte> key)
    {
        var place = FirstOf(hash);
        while (_places[place] != 0 && (_hashes[_places[place] - 1] != hash || !KeyOf(_places[place] - 1).Span.SequenceEqual(key)))
        {
            place = NextOf(place);
        }

        return place;
    }

    private int FirstOf(ulong hash) => (int)(hash & (uint)(_places.Length - 1));

    private int NextOf(int place) => (place + 1) & (_places.Length - 1);
}
