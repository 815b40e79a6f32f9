using System.Diagnostics;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Cluster;

/// <summary>Looks again and again at which nodes say of themselves that they own an object.</summary>
internal sealed class OwnerWatch(IReadOnlyList<MonitorNode> nodes)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Dictionary<string, TimeSpan> _doubleSince = [];
    private readonly Dictionary<string, TimeSpan> _longest = [];
    private int _looks;

    public async Task LookAsync()
    {
        var began = _clock.Elapsed;
        var views = await Task.WhenAll(nodes.Select(node => node.OwnersAsync()));
        var ended = _clock.Elapsed;
        _looks++;
        foreach (var name in views[0].Keys)
        {
            var owners = nodes.Index().Count(node => views[node.Index][name] == node.Item.Name);
            if (owners < 2)
            {
                _doubleSince.Remove(name);
            }
            else if (_doubleSince.TryAdd(name, ended))
            {
                _longest.TryAdd(name, TimeSpan.Zero);
            }
            else if (began - _doubleSince[name] > _longest[name])
            {
                // The nodes are not looked at in the same instant: what lay between two looks is sure.
                _longest[name] = began - _doubleSince[name];
            }
        }
    }

    public void AssertNoTwoOwnersForLongerThan(TimeSpan limit)
    {
        Assert.True(_looks > 3, $"looked only {_looks} times");
        string[] wrong =
        [
            .. _longest.Where(pair => pair.Value > limit).Select(pair => $"{pair.Key} for {pair.Value.TotalSeconds:0.000} s"),
        ];
        Assert.True(wrong.Length == 0, $"two owners at once ({_looks} looks): {string.Join(", ", wrong)}");
    }
}
