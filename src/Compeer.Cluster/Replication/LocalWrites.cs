using System.Collections.Immutable;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Replication;

/// <summary>What this node writes itself: numbered, stamped, stored, and handed on to be sent.</summary>
internal sealed class LocalWrites
{
    private readonly ClusterContext _context;
    private readonly ValueStore _store;
    private readonly Knowledge _knowledge;
    private readonly IRegisterSource _registers;
    private readonly Action<Update> _send;
    private readonly int _baseEpoch;

    public LocalWrites(ClusterContext context, ValueStore store, Knowledge knowledge, IRegisterSource registers, Action<Update> send)
    {
        (_context, _store, _knowledge, _registers, _send) = (context, store, knowledge, registers, send);
        Clock = new HybridLogicalClock(context.Options.Durable.ClockMark);
        Numbers = new WriteNumbers(context);
        _baseEpoch = store.HighestEpoch;
    }

    public HybridLogicalClock Clock { get; }

    public WriteNumbers Numbers { get; }

    /// <summary>Results of checks that came when somebody else had taken over and gone on.</summary>
    public long Late { get; private set; }

    /// <summary>These objects are not this node's any more; whether nobody else had them meanwhile.</summary>
    public void Lost(ImmutableArray<int> objects, bool wasAlone)
    {
        foreach (var index in objects)
        {
            _store.Table.Lost(index, wasAlone, _baseEpoch);
        }
    }

    /// <summary>Nobody else has what this node owns, and what others wrote of it, as in a split, is here: the ownership of this node's
    /// writes comes after theirs, also of a result that comes when the object is given up again.</summary>
    public void Settle()
    {
        for (var slot = 0; slot < _store.Objects.Count; slot++)
        {
            if (_store.Holds(slot))
            {
                _store.Table.EpochOfWrite(slot, holds: true, _baseEpoch);
            }
        }
    }

    /// <summary>Whether another owns an object by now and has written: what this node would write of it is older.</summary>
    public bool IsOvertaken(int slot) => !_store.Holds(slot) && _store.Table.IsOvertaken(slot);

    /// <summary>Numbers and sends a write of an object's state. False when another owns the object and has gone on.</summary>
    public bool Publish(RegisterId id)
    {
        if (id.Kind != RegisterKind.CheckState || (uint)id.Object >= (uint)_store.Objects.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(id), id, "There is no such register.");
        }

        var slot = id.Object;
        var present = _store.Table.StampOf(slot);
        var epoch = _store.Table.EpochOfWrite(slot, _store.Holds(slot), _baseEpoch);
        if (epoch < present.Epoch)
        {
            Yield(slot);
            return false;
        }

        var payload = _registers.Read(id);
        if (_store.IsTooLong(payload))
        {
            return true;
        }

        var clock = Clock.Next(_context.Now.Wall, above: epoch == present.Epoch ? present.Clock : 0);
        var update = new Update(_context.Self, Numbers.Next(Clock), clock, id.Kind, _store.Objects.KeyOf(slot), payload.ToArray())
        {
            Epoch = epoch,
        };
        _store.NoteEpoch(epoch);
        _store.Table.Write(slot, update.Origin, update.Sequence, update.Stamp);
        Written(update);
        return true;
    }

    /// <summary>Writes a value that is kept here, or removes an element of a set. False when there is no room for it.</summary>
    public bool Write(RegisterKey key, ReadOnlyMemory<byte> payload, bool isRemoval)
    {
        var kind = RegisterKinds.Of(key.Kind);
        if (!RegisterKinds.Knows(key.Kind) || kind.Merge == RegisterMerge.Owner || (isRemoval && kind.Merge != RegisterMerge.Set)
            || key.Key.Length is 0 or > ClusterObjects.MaxKeyBytes)
        {
            throw new ArgumentOutOfRangeException(nameof(key), key, "There is no such register.");
        }

        return _store.Keyed.Find(key) is not { IsRemoval: true } && !_store.IsTooLong(payload) && Put(key, payload, isRemoval);
    }

    /// <summary>Writes a value of an object that belongs to its owner and is kept here beside the object's state. False when another
    /// owns the object and has gone on.</summary>
    public bool WriteOwned(int slot, RegisterKey key, ReadOnlyMemory<byte> payload)
    {
        if (RegisterKinds.Of(key.Kind).Merge != RegisterMerge.Owner || key.Kind == RegisterKind.CheckState)
        {
            throw new ArgumentOutOfRangeException(nameof(key), key, "There is no such register.");
        }

        var present = _store.Keyed.Find(key);
        var isHeld = _store.Holds(slot);
        var epoch = _store.Table.EpochOfWrite(slot, isHeld, _baseEpoch);
        if (isHeld && present?.Epoch > epoch)
        {
            // Another owned it as well, as in a split, and wrote nothing but this.
            _store.Table.Outrank(slot, present.Epoch);
            epoch = _store.Table.EpochOfWrite(slot, isHeld, _baseEpoch);
        }

        if (epoch < _store.Table.StampOf(slot).Epoch || epoch < present?.Epoch)
        {
            return false;
        }

        if (!_store.IsTooLong(payload))
        {
            var clock = Clock.Next(_context.Now.Wall, present?.Epoch == epoch ? present.Clock : 0);
            var update = new Update(
                _context.Self, Numbers.Next(Clock), clock, key.Kind, key.Key.ToArray(), payload.ToArray())
            { Epoch = epoch };
            _store.NoteEpoch(epoch);
            if (_store.Keyed.Put(update))
            {
                Written(update);
            }
        }

        return true;
    }

    /// <summary>Removes elements that others removed while this node was away, in its own name: nobody has their tombstones.</summary>
    public void RemoveAgain(IReadOnlyList<RegisterKey> keys)
    {
        foreach (var key in keys)
        {
            Put(key, default, isRemoval: true);
            if (RegisterKinds.Knows(key.Kind))
            {
                _context.Emit(new ClusterEffect.Changed(key, default, IsRemoval: true));
            }
        }

        if (keys.Count > 0)
        {
            _context.Notice(NoticeLevel.Information, $"{keys.Count} values are removed that others removed while this node was away");
        }
    }

    /// <summary>Writes again what stays against a value that would have outranked it.</summary>
    public void Defend()
    {
        while (_store.Contested.TryDequeue(out var slot))
        {
            Publish(new RegisterId(RegisterKind.CheckState, slot));
        }
    }

    /// <summary>A write is stored here and is to go out.</summary>
    public void Written(Update update)
    {
        _store.KeepEpoch();
        _knowledge.Add(update.Origin, update.Sequence);
        _context.Written = update.Sequence;
        _send(update);
    }

    private bool Put(RegisterKey key, ReadOnlyMemory<byte> payload, bool isRemoval)
    {
        var update = new Update(
            _context.Self, Numbers.Next(Clock), Clock.Next(_context.Now.Wall, _store.Keyed.Find(key)?.Clock ?? 0), key.Kind,
            key.Key.ToArray(), payload.ToArray())
        {
            Setting = key.Setting,
            IsRemoval = isRemoval,
        };
        if (!_store.Keyed.Put(update))
        {
            return false;
        }

        Written(update);
        _store.Unstored.Hurry();
        return true;
    }

    /// <summary>
    /// This node's result came too late: another owns the object and has gone on. The engine has it in the place of the newer
    /// value, which is to be asked for again.
    /// </summary>
    private void Yield(int slot)
    {
        Late++;
        var (origin, sequence) = _store.Table.WriteOf(slot);
        _knowledge.Remove(origin, new WriteRange(sequence, sequence));
        _store.Table.Clear(slot);
    }
}
