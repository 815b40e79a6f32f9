using System.Collections.Immutable;
using Compeer.Engine.Model;

namespace Compeer.Engine.Scheduling;

/// <summary>
/// The checks in flight here, at most one of each object. A result names its run, and the run stands for the object: the
/// index that a check was given out with means another object after a change of configuration.
/// </summary>
internal sealed class RunningChecks
{
    /// <summary>An object that the configuration does not have any more.</summary>
    public static readonly CheckableId Removed = new(-1);

    private readonly Dictionary<CheckableId, RunningCheck> _running = [];
    private readonly Dictionary<RunId, CheckableId> _objects = [];

    // Runs whose result is not wanted any more, until it comes: every run brings one, if only at its time limit.
    private readonly Dictionary<RunId, (CheckableId Id, RunningCheck Check)> _unwanted = [];
    private long _lastRun;

    /// <summary>How many.</summary>
    public int Count => _running.Count;

    /// <summary>All that are awaited; not to be written to.</summary>
    public Dictionary<CheckableId, RunningCheck> All => _running;

    /// <summary>Of which objects.</summary>
    public ImmutableArray<CheckableId> Objects => _running.Count == 0 ? [] : [.. _running.Keys];

    /// <summary>Whether one of this object is in flight.</summary>
    public bool Contains(CheckableId id) => _running.ContainsKey(id);

    /// <summary>How many of hosts or of services there are, and for how long the one has been due that is due longest: a check that
    /// waits for a place shows while it waits, not when its result comes.</summary>
    public (int Count, TimeSpan Longest) Of(bool isHost, TimeSpan now)
    {
        var count = 0;
        var longest = TimeSpan.Zero;
        foreach (var check in _running.Values)
        {
            if (check.IsHost == isHost)
            {
                count++;
                longest = now - check.Due > longest ? now - check.Due : longest;
            }
        }

        return (count, longest);
    }

    /// <summary>The number of the next run.</summary>
    public RunId NextRun => new(_lastRun + 1);

    /// <summary>Notes a start.</summary>
    public void Start(CheckableId id, RunningCheck check)
    {
        _lastRun = Math.Max(_lastRun, check.Run.Number);
        _running.Add(id, check);
        _objects.Add(check.Run, id);
    }

    /// <summary>Takes note of a check that another node made of an object while one is in flight here, which began before.</summary>
    /// <param name="id">The object.</param>
    /// <param name="lastCheck">When the other check began.</param>
    /// <param name="due">When the object is due by its result.</param>
    public void Overtake(CheckableId id, TimeSpan lastCheck, TimeSpan due)
    {
        if (_running.TryGetValue(id, out var check) && lastCheck > check.Started)
        {
            _running[id] = check with { NotBefore = due };
        }
    }

    /// <summary>Gives up all checks: their results are ignored.</summary>
    public void DiscardAll()
    {
        foreach (var (id, check) in _running)
        {
            _unwanted.Add(check.Run, (id, check));
        }

        _running.Clear();
        _objects.Clear();
    }

    /// <summary>Takes up a new numbering; the checks of objects that are not in it are given up.</summary>
    /// <param name="later">Per old index the new one, or that of <see cref="Removed"/>.</param>
    public void Renumber(ReadOnlySpan<int> later)
    {
        KeyValuePair<CheckableId, RunningCheck>[] running = [.. _running];
        KeyValuePair<RunId, (CheckableId Id, RunningCheck Check)>[] unwanted = [.. _unwanted];
        _running.Clear();
        _objects.Clear();
        foreach ((var run, (var id, var check)) in unwanted)
        {
            _unwanted[run] = (id == Removed ? Removed : new CheckableId(later[id.Index]), check);
        }

        foreach ((var old, var check) in running)
        {
            CheckableId id = new(later[old.Index]);
            if (id == Removed)
            {
                _unwanted.Add(check.Run, (Removed, check));
                continue;
            }

            _running.Add(id, check);
            _objects.Add(check.Run, id);
        }
    }

    /// <summary>The object that a result is for, by its present index; null when none of it is awaited.</summary>
    /// <param name="id">The index that the check was given out with.</param>
    /// <param name="run">The run, or <c>default</c>.</param>
    public CheckableId? Find(CheckableId id, RunId run) =>
        run == default ? _running.ContainsKey(id) ? id : null
        : _objects.TryGetValue(run, out var now) ? now
        : null;

    /// <summary>The run that a result belongs to; a result that does not say its run belongs to the one in flight.</summary>
    /// <param name="id">The index that the check was given out with; afterwards the object's present one.</param>
    /// <param name="run">The run, or <c>default</c>.</param>
    /// <param name="check">The run, unless nothing is known of it.</param>
    public CompletionStatus StatusOf(ref CheckableId id, RunId run, out RunningCheck? check)
    {
        check = null;
        if (Find(id, run) is { } now)
        {
            id = now;
            check = _running[now];
            return CompletionStatus.Taken;
        }

        if (_unwanted.TryGetValue(run, out var unwanted))
        {
            (id, check) = unwanted;
        }

        return id == Removed ? CompletionStatus.Removed
            : _running.ContainsKey(id) ? CompletionStatus.Superseded
            : CompletionStatus.NotRunning;
    }

    /// <summary>Ends a run whose result came, wanted or not.</summary>
    public void End(RunId run)
    {
        if (_objects.Remove(run, out var id))
        {
            _running.Remove(id);
        }
        else
        {
            _unwanted.Remove(run);
        }
    }
}
