using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Replication;

/// <summary>
/// Numbers this node's writes, over all its runs: none is ever given twice. They are reserved on the disk in blocks, the next
/// when half of one is used, so that nothing waits for the disk.
/// </summary>
internal sealed class WriteNumbers(ClusterContext context)
{
    /// <summary>Numbers reserved at a time.</summary>
    public const long Block = 1 << 20;

    /// <summary>The last number given, in this run or as far as an earlier one may have.</summary>
    public long Last { get; private set; } = context.Options.Durable.ReservedSequence;

    /// <summary>Where the present unbroken row of numbers begins.</summary>
    public long First { get; private set; } = context.Options.Durable.ReservedSequence + 1;

    /// <summary>The number that a run begins with by the time of its start: a whole block a millisecond, so that two runs do not meet
    /// though the second knows nothing of the first; clocks beyond the year 2090 begin with the same one.</summary>
    public static long Of(Run run) => Math.Min(run.Incarnation, ProtocolLimits.MaxSequence / 8 * 7 / Block) * Block;

    public long Next(HybridLogicalClock clock)
    {
        Last++;
        Reserve(clock);
        return Last;
    }

    /// <summary>Reserves more when half is used, before anything is sent with them.</summary>
    public void Reserve(HybridLogicalClock clock)
    {
        if (Last + (Block / 2) > context.Durable.ReservedSequence)
        {
            context.Persist(context.Durable with { ReservedSequence = Last + Block, ClockMark = clock.Last });
        }
    }

    /// <summary>An earlier run gave a higher number than it had reserved, as when the file that says so was lost. To be called before
    /// the first write.</summary>
    public void BeginAbove(long known)
    {
        Last = known;
        First = Last + 1;
    }

    /// <summary>Others know higher numbers of this node's: goes on well above them.</summary>
    public void JumpAbove(long known)
    {
        Last = Math.Max(Last, known) + Block;
        First = Last + 1;
    }

    /// <summary>Nothing more is written: the next run goes on where this one ends, without a gap.</summary>
    public void Close(HybridLogicalClock clock) =>
        context.Persist(context.Durable with { ReservedSequence = Last, ClockMark = clock.Last });
}
