using Compeer.Cluster.Model;

namespace Compeer.Cluster.Replication;

/// <summary>
/// The stamp of every object's check state, not its value: 28 bytes an object, whatever happens. Values that this version
/// would not write again as they came are kept beside.
/// </summary>
internal sealed class RegisterTable(int objects, NodeId self, UnstoredWrites unstored)
{
    /// <summary>Gained, and not written since: the next write begins a new ownership.</summary>
    private const int Fresh = -1;

    private ulong[] _clocks = new ulong[objects];
    private long[] _sequences = new long[objects];
    private int[] _epochs = new int[objects];
    private int[] _ownEpochs = new int[objects];
    private int[] _origins = new int[objects];
    private Dictionary<int, Update> _asCame = [];
    private readonly List<NodeId> _nodes = [];
    private readonly Dictionary<NodeId, int> _nodeNumbers = [];

    public int Count => _clocks.Length;

    public bool IsWritten(int slot) => _clocks[slot] != 0;

    public (NodeId Origin, long Sequence) WriteOf(int slot) => (_nodes[_origins[slot]], _sequences[slot]);

    /// <summary>The present stamp; all zero before the first write.</summary>
    public Stamp StampOf(int slot) =>
        IsWritten(slot) ? new Stamp(_epochs[slot], _clocks[slot], _nodes[_origins[slot]]) : default;

    /// <summary>The value as it came, when this version would write it otherwise; null when the engine has all of it.</summary>
    public Update? AsCame(int slot) => _asCame.Count == 0 ? null : _asCame.GetValueOrDefault(slot);

    /// <summary>The bytes that came are to be passed on, and not what the engine makes of them.</summary>
    public void KeepAsCame(int slot, Update update)
    {
        _asCame[slot] = update;
        unstored.Mark(slot);
    }

    /// <summary>This node owns an object from now on.</summary>
    public void Gained(int slot) => _ownEpochs[slot] = Fresh;

    /// <summary>This node does not own an object any more. What it still writes, of a check in flight, belongs to the time that ends
    /// now, whatever the next owner writes before.</summary>
    /// <param name="slot">Which object.</param>
    /// <param name="wasAlone">Whether nobody else owned it up to now: another's word, as of a healed split, is older then.</param>
    /// <param name="highest">See <see cref="EpochOfWrite"/>.</param>
    public void Lost(int slot, bool wasAlone, int highest) => EpochOfWrite(slot, wasAlone, highest);

    /// <summary>
    /// The ownership that this node's next write belongs to: one more than any seen when it is the first since it gained the
    /// object, or when another wrote as its owner meanwhile, as in a split, or a value of this node's former run came back; else that of
    /// its own time, which may be over.
    /// </summary>
    /// <param name="slot">Which object.</param>
    /// <param name="holds">Whether this node owns it now.</param>
    /// <param name="highest">The highest epoch known of any object, for one that nothing is known of.</param>
    public int EpochOfWrite(int slot, bool holds, int highest)
    {
        if (_ownEpochs[slot] == Fresh || (holds && IsWritten(slot) && IsAnothers(slot)))
        {
            _ownEpochs[slot] = Math.Min(int.MaxValue - 1, IsWritten(slot) ? _epochs[slot] : highest) + 1;
        }

        return _ownEpochs[slot];
    }

    /// <summary>Whether the present value is none of this ownership: another node's, or this node's own of a former run, that came late.
    /// </summary>
    private bool IsAnothers(int slot) =>
        _epochs[slot] > _ownEpochs[slot] || (_epochs[slot] == _ownEpochs[slot] && _nodes[_origins[slot]] != self);

    /// <summary>Whether the present value is of a later ownership than this node's.</summary>
    public bool IsOvertaken(int slot) => IsWritten(slot) && _ownEpochs[slot] != Fresh && _ownEpochs[slot] < _epochs[slot];

    /// <summary>This node's next write is to outrank another ownership.</summary>
    public void Outrank(int slot, long epoch) => _ownEpochs[slot] = (int)Math.Min(int.MaxValue - 1, epoch + 1);

    public void Write(int slot, NodeId origin, long sequence, Stamp stamp)
    {
        _clocks[slot] = stamp.Clock;
        _sequences[slot] = sequence;
        _epochs[slot] = (int)stamp.Epoch;
        _origins[slot] = NumberOf(origin);
        _asCame.Remove(slot);
        unstored.Mark(slot);
    }

    /// <summary>The same write has another number.</summary>
    public void Renumber(int slot, long sequence)
    {
        _sequences[slot] = sequence;
        unstored.Mark(slot);
    }

    /// <summary>The value is lost here: it is as if it was never written.</summary>
    public void Clear(int slot)
    {
        _clocks[slot] = 0;
        _asCame.Remove(slot);
        unstored.Mark(slot);
    }

    /// <summary>Takes up other objects.</summary>
    /// <param name="former">Per new object the old one, or -1.</param>
    public void Renumber(ReadOnlySpan<int> former)
    {
        var (clocks, sequences, epochs, ownEpochs, origins, asCame) = (_clocks, _sequences, _epochs, _ownEpochs, _origins, _asCame);
        _clocks = new ulong[former.Length];
        _sequences = new long[former.Length];
        _epochs = new int[former.Length];
        _ownEpochs = new int[former.Length];
        _origins = new int[former.Length];
        _asCame = [];
        for (var i = 0; i < former.Length; i++)
        {
            if (former[i] is >= 0 and var old)
            {
                (_clocks[i], _sequences[i], _epochs[i], _ownEpochs[i], _origins[i]) =
                    (clocks[old], sequences[old], epochs[old], ownEpochs[old], origins[old]);
                if (asCame.TryGetValue(old, out var update))
                {
                    _asCame.Add(i, update);
                }
            }
        }
    }

    private int NumberOf(NodeId node)
    {
        if (!_nodeNumbers.TryGetValue(node, out var number))
        {
            number = _nodes.Count;
            _nodes.Add(node);
            _nodeNumbers.Add(node, number);
        }

        return number;
    }
}
