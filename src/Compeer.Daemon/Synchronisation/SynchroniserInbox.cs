using Compeer.Cluster.Model;
using Compeer.Daemon.Nodes;

namespace Compeer.Daemon.Synchronisation;

/// <summary>
/// What waits for the synchroniser's thread. Of what a neighbour can say as often as it likes only the last counts, so that it takes
/// a bounded place; of pieces of content so many are under way as the cluster machine lets be. Any thread may put something in.
/// </summary>
internal sealed class SynchroniserInbox
{
    private readonly object _lock = new();
    private readonly Dictionary<NodeId, ClusterEffect.FilesOffered> _offers = [];
    private readonly Dictionary<NodeId, Dictionary<string, PathReport>> _reports = [];
    private List<ClusterEffect> _others = [];
    private NodeSet? _nodes;
    private bool _isFilled;

    /// <summary>The neighbours are these now.</summary>
    public void Put(NodeSet nodes)
    {
        lock (_lock)
        {
            _nodes = nodes;
            Fill();
        }
    }

    /// <summary>Something of the cluster.</summary>
    public void Put(ClusterEffect effect)
    {
        lock (_lock)
        {
            switch (effect)
            {
                case ClusterEffect.FilesOffered offered:
                    _offers[offered.Neighbour] = offered;
                    break;
                case ClusterEffect.FilesReported reported:
                    Put(reported);
                    break;
                default:
                    _others.Add(effect);
                    break;
            }

            Fill();
        }
    }

    /// <summary>Waits until there is something, at most so long, and takes it all.</summary>
    /// <returns>The neighbours, when they changed, and what came of the cluster: who is connected before what they said.</returns>
    public (NodeSet? Nodes, IReadOnlyList<ClusterEffect> Effects) Take(TimeSpan limit)
    {
        lock (_lock)
        {
            if (!_isFilled)
            {
                Monitor.Wait(_lock, limit);
            }

            _isFilled = false;
            var nodes = _nodes;
            List<ClusterEffect> effects =
            [
                .. _others,
                .. _offers.Values,
                .. _reports.Select(pair => new ClusterEffect.FilesReported(pair.Key, [.. pair.Value.Values])),
            ];
            (_nodes, _others) = (null, []);
            _offers.Clear();
            _reports.Clear();
            return (nodes, effects);
        }
    }

    /// <summary>Wakes the thread for nothing: it is to end.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            Fill();
        }
    }

    private void Put(ClusterEffect.FilesReported reported)
    {
        if (!_reports.TryGetValue(reported.Neighbour, out var paths))
        {
            _reports.Add(reported.Neighbour, paths = new Dictionary<string, PathReport>(StringComparer.Ordinal));
        }

        foreach (var report in reported.Paths)
        {
            if (paths.Count < OfferedPath.MaxPaths || paths.ContainsKey(report.Path))
            {
                paths[report.Path] = report;
            }
        }
    }

    private void Fill()
    {
        _isFilled = true;
        Monitor.Pulse(_lock);
    }
}
