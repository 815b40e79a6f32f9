using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Replication;

/// <summary>
/// Streams the latest value of every register that the other end does not know, in chunks, a few of them
/// unacknowledged at a time. It ends with what this node had at the start: a register that was overwritten since is sent
/// with its newer value, so the statement holds when all has arrived.
/// </summary>
internal sealed class SyncSender
{
    private readonly Knowledge _theirs = new();
    private readonly LinkFrame.SyncDone _end;
    private readonly Update[] _keyed;
    private readonly ReplicationLink _link;
    private readonly Scopes _scopes;
    private int _slot;
    private readonly Update[] _present;
    private int _next;
    private int _listed;

    public SyncSender(LinkFrame.SyncRequest request, ReplicationLink link, ValueStore store, Scopes scopes, Knowledge own)
    {
        (Request, _link, _scopes) = (request, link, scopes);
        foreach (var entry in request.Known)
        {
            _theirs.Replace(entry);
        }

        _keyed = [.. store.Keyed.All];
        var known = _keyed.Where(update => ElementCheck.IsElement(update) && _theirs.Contains(update.Origin, update.Sequence)).ToArray();
        var isListed = request.Elements != 0 && request.Elements != ElementCheck.Digest(known);
        _present = isListed ? known : [];
        _end = new LinkFrame.SyncDone(request.Sync, Scopes.Claims(link, own.Entries()), isListed);
    }

    /// <summary>What it answers.</summary>
    public LinkFrame.SyncRequest Request { get; }

    /// <summary>The next frame, and whether it is the last.</summary>
    public (LinkFrame Frame, bool IsLast) Next(ValueStore store, int batchBytes)
    {
        var items = new List<Update>();
        var bytes = 0;
        for (; _slot < store.Table.Count && bytes < batchBytes; _slot++)
        {
            if (store.Table.IsWritten(_slot) && _scopes.IsFor(_link, _slot) && store.Table.WriteOf(_slot) is var (origin, sequence)
                && !_theirs.Contains(origin, sequence) && store.ReadSlot(_slot) is { } update)
            {
                items.Add(update);
                bytes += update.Size;
            }
        }

        for (; _next < _keyed.Length && bytes < batchBytes; _next++)
        {
            var update = _keyed[_next];
            if (!_theirs.Contains(update.Origin, update.Sequence) && _scopes.IsFor(_link, update))
            {
                items.Add(update);
                bytes += update.Size;
            }
        }

        if (items.Count > 0)
        {
            return (new LinkFrame.Updates(Request.Sync, items), false);
        }

        var present = _present.Skip(_listed).Take(ElementCheck.FrameElements).Select(update => (update.Origin, update.Sequence)).ToArray();
        _listed += present.Length;
        return present.Length > 0 ? (new LinkFrame.Updates(Request.Sync, []) { Present = present }, false) : (_end, true);
    }
}
