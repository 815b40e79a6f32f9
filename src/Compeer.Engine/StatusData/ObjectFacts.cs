using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;

namespace Compeer.Engine.StatusData;

/// <summary>What is known of hosts and services at one moment, by object.</summary>
internal sealed class ObjectFacts
{
    private readonly EngineSnapshot _snapshot;
    private readonly Dictionary<CheckableId, List<Acknowledgement>> _acknowledgements = [];
    private readonly Dictionary<CheckableId, int> _depths = [];

    public ObjectFacts(EngineSnapshot snapshot)
    {
        _snapshot = snapshot;
        foreach (var given in snapshot.Acknowledgements.Values)
        {
            if (Find(given.Object) is { } id)
            {
                (_acknowledgements.TryGetValue(id, out var known) ? known : _acknowledgements[id] = []).Add(given);
            }
        }

        foreach (var downtime in snapshot.Downtimes.Values.Where(downtime => downtime.Phase == DowntimePhase.InEffect))
        {
            if (Find(downtime.Object) is { } id)
            {
                _depths[id] = _depths.GetValueOrDefault(id) + 1;
            }
        }
    }

    /// <summary>A host or service.</summary>
    public ObjectView this[CheckableId id] => new(_snapshot, id)
    {
        Acknowledgement = _acknowledgements.TryGetValue(id, out var given)
            ? _snapshot.AcknowledgementOf(id, given)
            : Acknowledgement.None,
        DowntimeDepth = _depths.GetValueOrDefault(id),
    };

    private CheckableId? Find(ObjectName name) => EngineConfiguration.Find(_snapshot.Objects, name.Host, name.Service);
}
