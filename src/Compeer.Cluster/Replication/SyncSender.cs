using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Replication;

/// <summary>
/// Streams the latest value of every register that the other end's vector does not cover, in chunks, a few of them
/// unacknowledged at a time. It ends with this node's vector as it was at the start: a register that was overwritten
/// since is sent with its newer value, so the claim of the vector holds when all has arrived.
/// </summary>
internal sealed class SyncSender(LinkFrame.SyncRequest request, LinkFrame.SyncDone end)
{
    private readonly Dictionary<Run, long> _theirs = request.Vector.DistinctBy(entry => entry.Run)
        .ToDictionary(entry => entry.Run, entry => entry.Sequence);

    private int _slot;

    /// <summary>What it answers.</summary>
    public LinkFrame.SyncRequest Request => request;

    /// <summary>The next frame, and whether it is the last.</summary>
    public (LinkFrame Frame, bool IsLast) Next(
        RegisterTable table, ObjectKeys keys, IRegisterSource registers, int batchBytes, int maxPayload)
    {
        var items = new List<Update>();
        for (var bytes = 0; _slot < table.Count && bytes < batchBytes; _slot++)
        {
            if (!table.IsWritten(_slot))
            {
                continue;
            }

            var (run, sequence, clock) = table.Read(_slot);
            if (_theirs.GetValueOrDefault(run) >= sequence)
            {
                continue;
            }

            var id = table.IdOf(_slot);
            var payload = registers.Read(id);
            if (payload.Length > maxPayload)
            {
                // Too long to travel; whoever wrote it was told so when it was published.
                continue;
            }

            var update = new Update(run, sequence, clock, id.Kind, keys.KeyOf(id.Object), payload.ToArray());
            items.Add(update);
            bytes += update.Size;
        }

        return items.Count > 0
            ? (new LinkFrame.Updates(request.Sync, items), false)
            : (end, true);
    }
}
