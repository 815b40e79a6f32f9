using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Replication;

/// <summary>
/// All replicated values, and the rule by which a write replaces one: stamps for the states that the engine has, whole
/// values for everything else.
/// </summary>
internal sealed class ValueStore
{
    /// <summary>How far ahead the highest ownership is kept.</summary>
    private const int EpochBlock = 16;

    private readonly ClusterContext _context;
    private readonly IRegisterSource _registers;
    private readonly int _maxPayload;
    private readonly List<Update> _removed = [];

    public ValueStore(ClusterContext context, ObjectKeys objects, IRegisterSource registers)
    {
        (_context, _registers, Objects) = (context, registers, objects);
        _maxPayload = ProtocolLimits.MaxPayload(context.Options.MaxFrameBytes);
        HighestEpoch = (int)Math.Clamp(context.Options.Durable.HighestEpoch, 0, int.MaxValue - 1);
        Unstored = new UnstoredWrites(context, objects.Count);
        Table = new RegisterTable(objects.Count, context.Self, Unstored);
        Keyed = new KeyedTable(Unstored);
    }

    public ObjectKeys Objects { get; private set; }

    /// <summary>What of this the database has not.</summary>
    public UnstoredWrites Unstored { get; }

    public RegisterTable Table { get; }

    public KeyedTable Keyed { get; }

    /// <summary>Whether this node owns an object now.</summary>
    public Func<int, bool> Holds { get; set; } = _ => false;

    /// <summary>Objects of this node's whose value another node, that owned them as well, would replace by an earlier one.</summary>
    public Queue<int> Contested { get; } = [];

    /// <summary>Values of others that became the present ones, since the start.</summary>
    public long Applied { get; private set; }

    /// <summary>Values received for objects that this configuration does not have, or of kinds that this version does not know.</summary>
    public long Foreign { get; private set; }

    /// <summary>Values let go because there was no room, since the start.</summary>
    public long Dropped { get; private set; }

    /// <summary>The highest ownership epoch of any object.</summary>
    public int HighestEpoch { get; private set; }

    /// <summary>
    /// Takes a write. False when it was let go: neither it nor anything newer for its register is here.
    /// </summary>
    public bool Take(Update update)
    {
        NoteEpoch((int)update.Epoch);
        if (update.Kind == RegisterKind.CheckState && Objects.Find(update.Key.Span) is >= 0 and var slot)
        {
            TakeState(slot, update);
            return true;
        }

        var isKnown = RegisterKinds.Knows(update.Kind);
        Foreign += update.Kind == RegisterKind.CheckState || !isKnown ? 1 : 0;
        var former = Keyed.Find(KeyedTable.KeyOf(update));
        if (!KeyedTable.IsNewer(update, former))
        {
            return !KeyedTable.IsRenumbered(update, former!) || Keyed.Put(Owned(update));
        }

        if (!Keyed.Put(Owned(update)))
        {
            Dropped++;
            _context.NoticeOnce(
                $"dropped {update.Kind}",
                NoticeLevel.Warning,
                $"there are more values of kind {update.Kind} than can be kept; this node does not pass all of them on");
            return false;
        }

        if (isKnown && update.Kind != RegisterKind.CheckState)
        {
            Applied++;
            _context.Emit(new ClusterEffect.Changed(KeyedTable.KeyOf(update), update.Payload, update.IsRemoval));
        }

        return true;
    }

    /// <summary>An ownership that was seen or begun.</summary>
    public void NoteEpoch(int epoch) => HighestEpoch = Math.Max(HighestEpoch, epoch);

    /// <summary>Keeps the highest ownership on the disk, a little ahead, so that it is seldom written.</summary>
    public void KeepEpoch()
    {
        if (HighestEpoch > _context.Durable.HighestEpoch)
        {
            _context.Persist(_context.Durable with { HighestEpoch = HighestEpoch + EpochBlock });
        }
    }

    /// <summary>The present value of an object's state as it travels; null when it is too long to.</summary>
    public Update? ReadSlot(int slot)
    {
        if (Table.AsCame(slot) is { } came)
        {
            return came;
        }

        var payload = _registers.Read(new RegisterId(RegisterKind.CheckState, slot));
        if (payload.Length > _maxPayload)
        {
            return null;
        }

        var (origin, sequence) = Table.WriteOf(slot);
        var stamp = Table.StampOf(slot);
        return new Update(origin, sequence, stamp.Clock, RegisterKind.CheckState, Objects.KeyOf(slot), payload.ToArray())
        {
            Epoch = stamp.Epoch,
        };
    }

    /// <summary>Whether a value is too long to travel, which is said.</summary>
    public bool IsTooLong(ReadOnlyMemory<byte> payload)
    {
        if (payload.Length > _maxPayload)
        {
            _context.NoticeOnce(
                "payload",
                NoticeLevel.Warning,
                $"a value of {payload.Length} bytes is not replicated; at most {_maxPayload} bytes are");
        }

        return payload.Length > _maxPayload;
    }

    /// <summary>Remembers the values of objects that the next configuration does not have, as long as they can be read.</summary>
    public void KeepRemoved(ReadOnlySpan<int> former)
    {
        _removed.Clear();
        var stays = new bool[Table.Count];
        foreach (var old in former)
        {
            if (old >= 0)
            {
                stays[old] = true;
            }
        }

        for (var slot = 0; slot < stays.Length; slot++)
        {
            if (!stays[slot] && Table.IsWritten(slot) && ReadSlot(slot) is { } update)
            {
                _removed.Add(update);
            }
        }
    }

    /// <summary>
    /// Takes up other objects. The values of those that are gone are kept for the others; those that came get the values that
    /// were kept for them.
    /// </summary>
    /// <returns>The writes that were let go.</returns>
    public IReadOnlyList<(NodeId Origin, long Sequence)> TakeUp(ObjectKeys objects, ReadOnlySpan<int> former)
    {
        var gone = new Dictionary<(NodeId, long), bool>();
        var stays = new bool[Table.Count];
        foreach (var old in former)
        {
            if (old >= 0)
            {
                stays[old] = true;
            }
        }

        for (var slot = 0; slot < stays.Length; slot++)
        {
            if (!stays[slot] && Table.IsWritten(slot))
            {
                gone[Table.WriteOf(slot)] = true;
                Unstored.Mark(new RegisterKey(RegisterKind.CheckState, Objects.KeyOf(slot)));
            }
        }

        Objects = objects;
        Table.Renumber(former);
        Unstored.Renumber(former);
        foreach (var update in _removed)
        {
            if (gone.ContainsKey((update.Origin, update.Sequence)) && Keyed.Put(update))
            {
                gone.Remove((update.Origin, update.Sequence));
            }
        }

        _removed.Clear();
        foreach (var update in Keyed.All.Where(update => update.Kind == RegisterKind.CheckState).ToArray())
        {
            if (objects.Find(update.Key.Span) is >= 0 and var slot)
            {
                Keyed.Remove(KeyedTable.KeyOf(update));
                TakeState(slot, update);
            }
        }

        Dropped += gone.Count;
        return [.. gone.Keys];
    }

    private void TakeState(int slot, Update update)
    {
        if (Table.IsWritten(slot) && update.Stamp.CompareTo(Table.StampOf(slot)) <= 0)
        {
            if (update.Stamp == Table.StampOf(slot) && update.Sequence > Table.WriteOf(slot).Sequence)
            {
                Table.Renumber(slot, update.Sequence);
            }

            return;
        }

        if (Table.IsWritten(slot) && Holds(slot) && Table.WriteOf(slot).Origin == _context.Self && update.Clock < Table.StampOf(slot).Clock)
        {
            // Both owned it, as in a split, and this node still does: its later result stays.
            Table.Outrank(slot, update.Epoch);
            Contested.Enqueue(slot);
            return;
        }

        Table.Write(slot, update.Origin, update.Sequence, update.Stamp);
        if (!update.Rest.IsEmpty)
        {
            Table.KeepAsCame(slot, Owned(update));
        }

        Applied++;
        _context.Emit(new ClusterEffect.Apply(
            new RegisterId(RegisterKind.CheckState, slot), update.Payload, _context.ClockAheadOf(update.Origin)));
    }

    /// <summary>A copy that keeps no frame in memory.</summary>
    private static Update Owned(Update update) => update with
    {
        Key = update.Key.ToArray(),
        Payload = update.Payload.ToArray(),
        Rest = update.Rest.ToArray(),
    };
}
