namespace Compeer.Cluster.Model;

/// <summary>Collects the effects of calls, in order. The shell owns it, carries them out and clears it.</summary>
public sealed class ClusterEffects
{
    private readonly List<ClusterEffect> _items = [];

    /// <summary>What to do, in order.</summary>
    public IReadOnlyList<ClusterEffect> Items => _items;

    /// <summary>Forgets all, when they have been carried out.</summary>
    public void Clear() => _items.Clear();

    internal void Add(ClusterEffect effect) => _items.Add(effect);
}
