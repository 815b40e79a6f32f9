namespace Compeer.Execution.Processes;

/// <summary>All lanes. Any thread.</summary>
internal sealed class LaneSet
{
    private static readonly Lane[] All = Enum.GetValues<Lane>();

    private readonly LaneQueue[] _lanes;

    internal LaneSet(in LaneLimits limits)
    {
        _lanes = new LaneQueue[All.Length];
        foreach (var lane in All)
        {
            _lanes[(int)lane] = new LaneQueue(limits.Of(lane));
        }
    }

    internal LaneQueue this[Lane lane] => _lanes[(int)lane];

    internal int Running => _lanes.Sum(lane => lane.Running);

    internal int Waiting => _lanes.Sum(lane => lane.Waiting);

    internal bool CanTake
    {
        get
        {
            foreach (var lane in _lanes)
            {
                if (lane.CanTake)
                {
                    return true;
                }
            }

            return false;
        }
    }

    internal void Follow(in LaneLimits limits)
    {
        foreach (var lane in All)
        {
            _lanes[(int)lane].Limit = limits.Of(lane);
        }
    }

    /// <summary>Takes the next request: the lanes take turns, so that the longest queue delays another lane by one start.</summary>
    /// <param name="turn">Whose turn it is; the taker's own, which is moved on.</param>
    /// <param name="request">What to start.</param>
    internal bool TryTake(ref int turn, out PluginRequest request)
    {
        for (var i = 0; i < _lanes.Length; i++)
        {
            turn = turn + 1 == _lanes.Length ? 0 : turn + 1;
            if (_lanes[turn].TryTake(out request))
            {
                return true;
            }
        }

        request = default;
        return false;
    }
}
