using Compeer.Cluster.Model;

namespace Compeer.Cluster.Replication;

/// <summary>
/// Between the values and the database. It takes what an earlier run of this node left there: the values with their own stamps, so
/// that whoever has newer ones wins, and what the node knew then, so that equal ones are not sent. It is taken as if another node had
/// sent it: so it does no harm when it is old, as from a backup, or when it comes late, as from a disk that could not be read at the
/// start.
/// </summary>
internal sealed class ValueStorage(
    ClusterContext context,
    ValueStore store,
    Knowledge knowledge,
    LocalWrites writes,
    Renumbering renumbering)
{
    /// <summary>What the database has not.</summary>
    public UnstoredWrites Unstored => store.Unstored;

    /// <inheritdoc cref="UnstoredWrites.Take"/>
    public UnstoredValues? TakeUnstored(bool isLast) => store.Unstored.Take(store, knowledge, isLast);

    /// <inheritdoc cref="UnstoredWrites.StoreAnew"/>
    public void StoreAnew() => store.Unstored.StoreAnew(store);

    /// <summary>Takes what the database has.</summary>
    public void Take(StoredValues stored)
    {
        var isFirst = store.Keyed.Count == 0 && writes.Numbers.Last < writes.Numbers.First;
        GoOnAbove(TopOfOwn(stored));
        foreach (var entry in stored.Knowledge)
        {
            knowledge.TakeOver(entry);
            if (entry.IsPartial)
            {
                knowledge.MarkPartial(entry.Origin);
            }
        }

        store.Unstored.IsLoading = isFirst;
        var dropped = new List<RegisterKey>();
        foreach (var update in stored.Values)
        {
            writes.Clock.Observe(update.Clock, context.Now.Wall);
            if (!store.Take(update))
            {
                knowledge.Drop(update.Origin, update.Sequence);
                dropped.Add(KeyedTable.KeyOf(update));
            }
            else if (update.Kind != RegisterKind.CheckState)
            {
                knowledge.Add(update.Origin, update.Sequence);
            }
        }

        store.Unstored.IsLoading = false;
        foreach (var update in stored.Refused)
        {
            knowledge.Remove(update.Origin, new WriteRange(update.Sequence, update.Sequence));
            dropped.Add(KeyedTable.KeyOf(update));
        }

        dropped.ForEach(store.Unstored.Mark);
        if (!isFirst)
        {
            writes.Defend();
            store.Unstored.StoreAnew(store);
        }
    }

    private long TopOfOwn(StoredValues stored)
    {
        var top = 0L;
        foreach (var entry in stored.Knowledge.Where(entry => entry.Origin == context.Self && entry.Known.Length > 0))
        {
            top = Math.Max(top, entry.Known[^1].To);
        }

        foreach (var update in stored.Values.Concat(stored.Refused))
        {
            top = update.Origin == context.Self ? Math.Max(top, update.Sequence) : top;
        }

        return top;
    }

    /// <summary>The file of the numbers is older than the database, or lost.</summary>
    private void GoOnAbove(long top)
    {
        if (top <= writes.Numbers.Last)
        {
            return;
        }

        if (writes.Numbers.Last < writes.Numbers.First)
        {
            writes.Numbers.BeginAbove(top);

            // What is in the database may be sent before anything is written.
            writes.Numbers.Reserve(writes.Clock);
        }
        else
        {
            renumbering.JumpAbove(top);
        }
    }
}
