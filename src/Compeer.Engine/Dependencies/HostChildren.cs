using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Engine.Dependencies;

/// <summary>The hosts behind each host: <c>parents</c> read the other way round. Two arrays, whatever the number of
/// hosts.</summary>
internal sealed class HostChildren
{
    private readonly int[] _first;
    private readonly HostId[] _children;

    public HostChildren(ImmutableArray<HostDefinition> hosts)
    {
        // Counted, summed up, and filled from the back, so that each host's children stand in the order of their names.
        _first = new int[hosts.Length + 1];
        foreach (var parent in hosts.SelectMany(host => host.Parents))
        {
            _first[parent.Id.Index]++;
        }

        for (var index = 1; index < _first.Length; index++)
        {
            _first[index] += _first[index - 1];
        }

        _children = new HostId[_first[^1]];
        for (var index = hosts.Length - 1; index >= 0; index--)
        {
            foreach (var parent in hosts[index].Parents)
            {
                _children[--_first[parent.Id.Index]] = hosts[index].Id;
            }
        }
    }

    /// <summary>The hosts that name this one as a parent, in the order of their names.</summary>
    public ReadOnlySpan<HostId> Of(HostId host) => _children.AsSpan()[_first[host.Index].._first[host.Index + 1]];
}
