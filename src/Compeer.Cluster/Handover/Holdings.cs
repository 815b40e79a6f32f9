using System.Collections.Immutable;

namespace Compeer.Cluster.Handover;

/// <summary>The objects that this node runs.</summary>
internal sealed class Holdings(int objects)
{
    private bool[] _held = new bool[objects];

    /// <summary>How many objects there are.</summary>
    public int Objects => _held.Length;

    /// <summary>How many of them this node runs.</summary>
    public int Count { get; private set; }

    /// <summary>Whether this node runs an object.</summary>
    public bool this[int index] => _held[index];

    /// <summary>What is run, ascending.</summary>
    public ImmutableArray<int> All() => [.. Enumerable.Range(0, _held.Length).Where(index => _held[index])];

    public void Take(ImmutableArray<int> objects)
    {
        foreach (var index in objects)
        {
            _held[index] = true;
        }

        Count += objects.Length;
    }

    public void GiveUp(ImmutableArray<int> objects)
    {
        foreach (var index in objects)
        {
            _held[index] = false;
        }

        Count -= objects.Length;
    }

    /// <summary>Takes up other numbers; what is held of the objects that stay is still held.</summary>
    /// <param name="former">Per object its former number, or -1.</param>
    public void Renumber(ReadOnlySpan<int> former)
    {
        var held = new bool[former.Length];
        Count = 0;
        for (var i = 0; i < held.Length; i++)
        {
            held[i] = former[i] >= 0 && _held[former[i]];
            Count += held[i] ? 1 : 0;
        }

        _held = held;
    }
}
