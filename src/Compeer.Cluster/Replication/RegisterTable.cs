using Compeer.Cluster.Model;

namespace Compeer.Cluster.Replication;

/// <summary>
/// The stamp of every register, not its value: 20 bytes a register, whatever happens. Runs are kept once and counted.
/// </summary>
internal sealed class RegisterTable
{
    /// <summary>The kinds of registers there are, in the order of their slots.</summary>
    private static readonly RegisterKind[] Kinds = [RegisterKind.CheckState];

    private int _objects;
    private ulong[] _clocks;
    private long[] _sequences;
    private int[] _runs;
    private readonly Dictionary<Run, int> _runNumbers = [];
    private readonly List<(Run Run, int Uses)> _runUses = [];
    private readonly Stack<int> _freeRuns = [];

    public RegisterTable(int objects)
    {
        _objects = objects;
        _clocks = new ulong[objects * Kinds.Length];
        _sequences = new long[_clocks.Length];
        _runs = new int[_clocks.Length];
    }

    /// <summary>The number of slots, written or not.</summary>
    public int Count => _clocks.Length;

    public static bool Knows(RegisterKind kind) => Array.IndexOf(Kinds, kind) >= 0;

    public int SlotOf(RegisterId id) => (Array.IndexOf(Kinds, id.Kind) * _objects) + id.Object;

    public RegisterId IdOf(int slot) => new(Kinds[slot / _objects], slot % _objects);

    public bool IsWritten(int slot) => _clocks[slot] != 0;

    public (Run Run, long Sequence, ulong Clock) Read(int slot) => (_runUses[_runs[slot]].Run, _sequences[slot], _clocks[slot]);

    /// <summary>Whether a write is newer than what is here.</summary>
    public bool IsOlderThan(int slot, Stamp stamp) =>
        _clocks[slot] == 0 || new Stamp(_clocks[slot], _runUses[_runs[slot]].Run.Node).CompareTo(stamp) < 0;

    public void Write(int slot, Run run, long sequence, ulong clock)
    {
        var number = Use(run);
        if (_clocks[slot] != 0)
        {
            Release(_runs[slot]);
        }

        _clocks[slot] = clock;
        _sequences[slot] = sequence;
        _runs[slot] = number;
    }

    /// <summary>Takes up other objects. The registers of those that are not among them are dropped; gives their writes.</summary>
    /// <param name="former">Per new object the old one, or -1.</param>
    public IReadOnlyList<RunSequence> Renumber(ReadOnlySpan<int> former)
    {
        var (before, clocks, sequences, runs) = (_objects, _clocks, _sequences, _runs);
        _objects = former.Length;
        _clocks = new ulong[_objects * Kinds.Length];
        _sequences = new long[_clocks.Length];
        _runs = new int[_clocks.Length];
        var stays = new bool[before];
        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            for (var i = 0; i < former.Length; i++)
            {
                if (former[i] >= 0)
                {
                    stays[former[i]] = true;
                    var (to, from) = ((kind * _objects) + i, (kind * before) + former[i]);
                    (_clocks[to], _sequences[to], _runs[to]) = (clocks[from], sequences[from], runs[from]);
                }
            }
        }

        var dropped = new List<RunSequence>();
        for (var slot = 0; slot < clocks.Length; slot++)
        {
            if (clocks[slot] != 0 && !stays[slot % before])
            {
                dropped.Add(new RunSequence(_runUses[runs[slot]].Run, sequences[slot]));
                Release(runs[slot]);
            }
        }

        return dropped;
    }

    private int Use(Run run)
    {
        if (!_runNumbers.TryGetValue(run, out var number))
        {
            if (_freeRuns.TryPop(out number))
            {
                _runUses[number] = (run, 0);
            }
            else
            {
                number = _runUses.Count;
                _runUses.Add((run, 0));
            }

            _runNumbers.Add(run, number);
        }

        _runUses[number] = (run, _runUses[number].Uses + 1);
        return number;
    }

    private void Release(int number)
    {
        var (run, uses) = _runUses[number];
        _runUses[number] = (run, uses - 1);
        if (uses == 1)
        {
            _runNumbers.Remove(run);
            _freeRuns.Push(number);
        }
    }
}
