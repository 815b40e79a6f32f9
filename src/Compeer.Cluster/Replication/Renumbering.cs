using Compeer.Cluster.Model;

namespace Compeer.Cluster.Replication;

/// <summary>A node whose numbers turn out to have been given before: goes on above them, and writes again what it wrote.</summary>
internal sealed class Renumbering(
    ClusterContext context,
    ValueStore store,
    Knowledge knowledge,
    WriteNumbers numbers,
    HybridLogicalClock clock,
    Action<Update> written)
{
    private readonly long _end = numbers.Last;

    /// <summary>Whether somebody knows the number with which the last run ended, and this one went on from there.</summary>
    public bool IsContinued { get; private set; }

    /// <summary>Others know more of this node than it does: its disk was put back to an earlier state, or lost.</summary>
    public void Notice(IReadOnlyList<OriginKnowledge> known)
    {
        foreach (var entry in known)
        {
            if (entry.Origin != context.Self || entry.Known.Length == 0)
            {
                continue;
            }

            if (entry.Known[^1].To > numbers.Last)
            {
                JumpAbove(entry.Known[^1].To);
            }
            else if (entry.Known[^1].To == _end)
            {
                IsContinued = true;
            }
        }
    }

    /// <summary>
    /// Numbers that this run gave may have been given before, so what it wrote with them is written again with new ones, and
    /// what others have under the old ones is not taken for known.
    /// </summary>
    public void JumpAbove(long known)
    {
        var (first, last) = (numbers.First, numbers.Last);
        numbers.JumpAbove(known);
        IsContinued = true;
        knowledge.Remove(context.Self, new WriteRange(first, long.MaxValue));
        for (var slot = 0; slot < store.Table.Count && first <= last; slot++)
        {
            if (store.Table.IsWritten(slot) && IsOfThisRun(store.Table.WriteOf(slot)) && store.ReadSlot(slot) is { } update)
            {
                var again = update with { Sequence = numbers.Next(clock) };
                store.Table.Write(slot, again.Origin, again.Sequence, again.Stamp);
                written(again);
            }
        }

        foreach (var update in store.Keyed.All.Where(update => IsOfThisRun((update.Origin, update.Sequence))).ToArray())
        {
            var again = update with { Sequence = numbers.Next(clock) };
            if (store.Keyed.Put(again))
            {
                written(again);
            }
        }

        // A run that finds the old numbers on the disk would take what others have under them for known.
        numbers.Reserve(clock);
        store.Unstored.Hurry();

        bool IsOfThisRun((NodeId Origin, long Sequence) write) =>
            write.Origin == context.Self && write.Sequence >= first && write.Sequence <= last;
    }
}
