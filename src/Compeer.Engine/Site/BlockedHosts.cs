using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Engine.Site;

/// <summary>The hosts that this node may not check, nor their services (Merlin <c>ipc_blocked_hostgroups</c>). Who owns what does not
/// change by it: nobody else checks them in its place.</summary>
internal sealed class BlockedHosts
{
    private ImmutableArray<string> _groups = [];
    private ObjectConfiguration? _objects;
    private HashSet<HostDefinition> _hosts = [];

    /// <summary>The names of their host groups; those that there are not have no effect.</summary>
    public ImmutableArray<string> Groups
    {
        get => _groups;
        set => (_groups, _objects) = (value, null);
    }

    /// <summary>Whether a host is among them, or a service's host.</summary>
    public bool Has(ObjectConfiguration objects, CheckableDefinition subject)
    {
        if (_groups.IsEmpty)
        {
            return false;
        }

        if (_objects != objects)
        {
            _objects = objects;
            _hosts = [.. objects.HostGroups.Where(group => _groups.Contains(group.Name)).SelectMany(group => group.Members)];
        }

        return _hosts.Contains(subject is ServiceDefinition service ? service.Host : (HostDefinition)subject);
    }
}
