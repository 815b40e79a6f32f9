using Compeer.Engine.Model;

namespace Compeer.Engine.Scheduling;

/// <summary>Which owners elsewhere were asked for a check just now, so that none is asked twice in a moment.</summary>
internal sealed class AskedOwners
{
    /// <summary>An owner elsewhere is not asked again about one object within this time: its answer is on the way.</summary>
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(1);

    private readonly Dictionary<CheckableId, TimeSpan> _asked = [];

    /// <summary>Whether the owner of an object was asked just now.</summary>
    public bool IsRecent(CheckableId id, TimeSpan now) => _asked.TryGetValue(id, out var last) && now - last < Holds;

    /// <summary>The owner of an object is asked.</summary>
    public void Note(CheckableId id, TimeSpan now)
    {
        if (_asked.Count >= EngineLimits.RememberedRequests)
        {
            _asked.Clear();
        }

        _asked[id] = now;
    }

    /// <summary>The numbers of objects mean other ones from now on.</summary>
    public void Renumber() => _asked.Clear();
}
