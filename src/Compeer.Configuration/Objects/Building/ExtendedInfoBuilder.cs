using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Expansion;
using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.Templates;

namespace Compeer.Configuration.Objects.Building;

/// <summary>
/// Puts the deprecated <c>hostextinfo</c> and <c>serviceextinfo</c> into the hosts and services they name, where these
/// have no value of their own. Of several for one object the one defined last wins, as in Naemon, those with <c>register 0</c>
/// included.
/// </summary>
internal sealed class ExtendedInfoBuilder(CompilationContext context)
{
    private static readonly Directive[] Merged =
    [
        Directive.Notes, Directive.NotesUrl, Directive.ActionUrl, Directive.IconImage, Directive.IconImageAlt,
        Directive.VrmlImage, Directive.StatusMapImage, Directive.Coordinates2D, Directive.Coordinates3D,
    ];

    private readonly Dictionary<int, List<ResolvedObject>> _byHost = [];
    private readonly Dictionary<int, List<ResolvedObject>> _byService = [];

    /// <summary>Finds the hosts of each <c>hostextinfo</c>.</summary>
    public void ReadHosts(HostLists hosts)
    {
        foreach (var raw in context.ObjectsOf(ObjectType.HostExtendedInfo).Reversed())
        {
            var values = new ResolvedObject();
            context.Resolver.Resolve(raw, values);
            var named = hosts.Expander.Expand(raw, Directive.HostName, values[Directive.HostName]);
            var groups = hosts.GroupExpander.Expand(raw, Directive.HostGroupName, values[Directive.HostGroupName]);
            var rejected = named.Rejected.Concat(groups.Rejected.SelectMany(hosts.GroupMembers));

            // "!" takes hosts out of the groups only; see ServiceExpander.HostsOf.
            Keep(_byHost, named.Accepted.Union(groups.Accepted.SelectMany(hosts.GroupMembers).Except(rejected)), values);
        }
    }

    /// <summary>Finds the services of each <c>serviceextinfo</c>.</summary>
    public void ReadServices(ServiceBuilder services)
    {
        foreach (var raw in context.ObjectsOf(ObjectType.ServiceExtendedInfo).Reversed())
        {
            var values = new ResolvedObject();
            context.Resolver.Resolve(raw, values);
            var selection = ServiceSelection.Of(values);
            if (!selection.Descriptions.IsValue || (!selection.Hosts.IsValue && !selection.HostGroups.IsValue))
            {
                // As in Naemon, one without a place has no effect.
                continue;
            }

            Keep(_byService, services.Expander.Expand(raw, selection, services.GroupExpander, _ => []), values);
        }
    }

    /// <summary>Whether there is any for a service.</summary>
    public bool HasService(int service) => _byService.Count > 0 && _byService.ContainsKey(service);

    /// <summary>Completes a host's values.</summary>
    public void CompleteHost(int host, ResolvedObject values) => Complete(_byHost, host, values);

    /// <summary>Completes a service's values.</summary>
    public void CompleteService(int service, ResolvedObject values) => Complete(_byService, service, values);

    private static void Keep(Dictionary<int, List<ResolvedObject>> kept, IEnumerable<int> places, ResolvedObject values)
    {
        foreach (var place in places)
        {
            if (!kept.TryGetValue(place, out var list))
            {
                list = [];
                kept[place] = list;
            }

            list.Add(values);
        }
    }

    private static void Complete(Dictionary<int, List<ResolvedObject>> kept, int place, ResolvedObject values)
    {
        if (kept.Count == 0 || !kept.TryGetValue(place, out var list))
        {
            return;
        }

        foreach (var information in list)
        {
            foreach (var directive in Merged)
            {
                // A value cancelled with "null" is filled as well: Naemon looks at the value only.
                if (!values[directive].IsValue && information[directive].IsValue)
                {
                    values[directive] = information[directive];
                }
            }
        }
    }
}
