using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Engine.Model;

/// <summary>What operators changed, by object. Few objects are changed, so that only those have an entry.</summary>
internal sealed class SettingsColumn(ObjectConfiguration objects, CheckableTable table)
{
    private Dictionary<CheckableId, ChangedSettings> _changed = [];
    private bool _isShared;

    /// <summary>The changes of an object; null for none.</summary>
    public ChangedSettings? this[CheckableId id] => _changed.Count == 0 ? null : _changed.GetValueOrDefault(id);

    /// <summary>Replaces the changes of an object.</summary>
    public void Set(CheckableId id, OperatorSettings settings)
    {
        if (_isShared)
        {
            _changed = new Dictionary<CheckableId, ChangedSettings>(_changed);
            _isShared = false;
        }

        if (settings.Values.IsEmpty)
        {
            _changed.Remove(id);
        }
        else
        {
            _changed[id] = new ChangedSettings(settings, table[id], objects);
        }
    }

    /// <summary>The changes as they are now; never changes and must not be written to.</summary>
    public SettingsColumn Freeze()
    {
        _isShared = true;
        return new SettingsColumn(objects, table) { _changed = _changed };
    }

    /// <summary>Takes over those of an earlier configuration; names are resolved in this one.</summary>
    /// <param name="former">The earlier ones.</param>
    /// <param name="later">Per old index the new one, or less than 0.</param>
    public void MoveFrom(SettingsColumn former, ReadOnlySpan<int> later)
    {
        foreach ((var id, var changes) in former._changed)
        {
            if (later[id.Index] >= 0)
            {
                Set(new CheckableId(later[id.Index]), changes.Settings);
            }
        }
    }
}
