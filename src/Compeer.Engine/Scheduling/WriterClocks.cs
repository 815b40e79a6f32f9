using Compeer.Engine.Model;

namespace Compeer.Engine.Scheduling;

/// <summary>
/// By which clock the states of this node's objects were written: how far the clock of a former owner is ahead of this node's,
/// until the first result of this node's own replaces its state. Only differences are kept, so that among peers with one
/// time it is empty.
/// </summary>
internal sealed class WriterClocks
{
    private readonly Dictionary<CheckableId, TimeSpan> _ahead = [];

    /// <summary>How far the writer's clock is ahead of this node's, negative when it is behind.</summary>
    public TimeSpan Ahead(CheckableId id) => _ahead.Count == 0 ? TimeSpan.Zero : _ahead.GetValueOrDefault(id);

    /// <summary>A state came that was written by a clock so far ahead.</summary>
    public void Note(CheckableId id, TimeSpan ahead)
    {
        if (ahead == TimeSpan.Zero)
        {
            Forget(id);
        }
        else
        {
            _ahead[id] = ahead;
        }
    }

    /// <summary>The state is this node's own, or the object is not its any more.</summary>
    public void Forget(CheckableId id)
    {
        if (_ahead.Count > 0)
        {
            _ahead.Remove(id);
        }
    }

    /// <summary>Takes over those of an earlier configuration.</summary>
    /// <param name="former">The earlier ones.</param>
    /// <param name="later">Per old index the new one, or less than 0.</param>
    public void MoveFrom(WriterClocks former, ReadOnlySpan<int> later)
    {
        foreach ((var id, var ahead) in former._ahead)
        {
            if (later[id.Index] >= 0)
            {
                _ahead.Add(new CheckableId(later[id.Index]), ahead);
            }
        }
    }
}
