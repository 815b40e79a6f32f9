using System.Collections.Immutable;
using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Expansion;
using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.Syntax;
using Compeer.Configuration.Objects.Templates;

namespace Compeer.Configuration.Objects.Building;

/// <summary>Builds dependencies of hosts and of services: every dependent on every master that a definition names.</summary>
internal sealed class DependencyBuilder
{
    /// <summary>More dependencies than this, after expansion, are refused: they are nearly always a slip of the pen.</summary>
    private const int Most = 2_000_000;

    private readonly CompilationContext _context;
    private readonly ValueReader _read;
    private readonly TimePeriodBuilder _periods;
    private readonly HostBuilder _hosts;
    private readonly ServiceBuilder _services;
    private int _count;
    private bool _tooMany;

    public DependencyBuilder(
        CompilationContext context, TimePeriodBuilder periods, HostBuilder hosts, ServiceBuilder services)
    {
        _context = context;
        _read = new ValueReader(context);
        _periods = periods;
        _hosts = hosts;
        _services = services;
    }

    public ImmutableArray<HostDependencyDefinition> BuildHosts(HostDefinition[] hosts)
    {
        var links = new HashSet<DependencyLink>();
        ForEach(ObjectType.HostDependency, (raw, values) => AddHostLinks(raw, values, links));
        var sorted = Sorted(links);
        RefuseCircles(sorted, hosts.Length, _hosts.Lists.Names.Name);
        return
        [
            .. sorted.Select(link => new HostDependencyDefinition
            {
                Dependent = hosts[link.Dependent],
                Master = hosts[link.Master],
                Kind = link.Kind,
                FailureOptions = link.Options,
                InheritsParent = link.InheritsParent,
                Period = link.Period,
                Position = _context.Raw.Position(link.Raw),
            }),
        ];
    }

    public ImmutableArray<ServiceDependencyDefinition> BuildServices(ServiceDefinition[] services)
    {
        var links = new HashSet<DependencyLink>();
        ForEach(ObjectType.ServiceDependency, (raw, values) => AddServiceLinks(raw, values, links));
        var sorted = Sorted(links);
        RefuseCircles(sorted, services.Length, _services.Describe);
        return
        [
            .. sorted.Select(link => new ServiceDependencyDefinition
            {
                Dependent = services[link.Dependent],
                Master = services[link.Master],
                Kind = link.Kind,
                FailureOptions = link.Options,
                InheritsParent = link.InheritsParent,
                Period = link.Period,
                Position = _context.Raw.Position(link.Raw),
            }),
        ];
    }

    private static DependencyLink[] Sorted(HashSet<DependencyLink> links) =>
        [.. links.OrderBy(l => l.Dependent).ThenBy(l => l.Master).ThenBy(l => l.Kind).ThenBy(l => l.Raw)];

    private void ForEach(ObjectType type, Action<RawId, ResolvedObject> build)
    {
        var values = new ResolvedObject();
        foreach (var raw in _context.ObjectsOf(type))
        {
            _context.Resolver.Resolve(raw, values);
            if (_context.IsRegistered(raw) && !_tooMany)
            {
                build(raw, values);
            }
        }
    }

    private void AddHostLinks(RawId raw, ResolvedObject values, HashSet<DependencyLink> links)
    {
        var masters = ServiceSelection.Of(values);
        var dependents = ServiceSelection.OfDependent(values);
        if (masters.HasNoPlace || dependents.HasNoPlace)
        {
            ReportOneSided(raw, masters.HasNoPlace
                ? "neither host_name nor hostgroup_name"
                : "neither dependent_host_name nor dependent_hostgroup_name");
            return;
        }

        var kinds = Kinds(raw, values);
        var children = HostsOf(raw, dependents);
        foreach (var master in HostsOf(raw, masters))
        {
            if (!AddLinks(raw, kinds, master, children, links))
            {
                return;
            }
        }
    }

    private List<int> HostsOf(RawId raw, ServiceSelection selection)
    {
        // Naemon says of a name that it does not know, takes the list as empty and goes on.
        var empty = _context.Main.AllowEmptyHostGroupAssignment;
        const string Consequence = "the dependency has no effect";
        if (empty != EmptyHostGroupAssignment.Refuse
            && (_hosts.Lists.Expander.NamesInVain(raw, selection.HostDirective, selection.Hosts, Consequence)
                || _hosts.Lists.GroupExpander.NamesInVain(raw, selection.HostGroupDirective, selection.HostGroups, Consequence)))
        {
            return [];
        }

        var errors = _context.Diagnostics.ErrorCount;
        var hosts = _services.Expander.HostsOf(raw, selection, namedWin: true);
        if (hosts.Count > 0 || empty == EmptyHostGroupAssignment.Allow || _context.Diagnostics.ErrorCount > errors)
        {
            return hosts;
        }

        const string Message = "no host is in these host groups";
        if (empty == EmptyHostGroupAssignment.Refuse)
        {
            _context.Error(raw, selection.HostGroupDirective, Message + " (allow_empty_hostgroup_assignment=0)");
        }
        else
        {
            _context.Warning(raw, selection.HostGroupDirective, Message);
        }

        return hosts;
    }

    private void AddServiceLinks(RawId raw, ResolvedObject values, HashSet<DependencyLink> links)
    {
        var masters = ServiceSelection.Of(values);
        var dependents = ServiceSelection.OfDependent(values);

        // Without a place, the dependents are services of the same host as the master, and the other way round.
        var mastersOnSameHost = masters.HasNoPlace;
        var dependentsOnSameHost = !mastersOnSameHost && dependents.HasNoPlace;
        if (Missing(masters, dependents) is { } missing)
        {
            ReportIncomplete(raw, missing);
            return;
        }

        if ((masters.Contradiction(ObjectType.ServiceDependency) ?? dependents.Contradiction(ObjectType.ServiceDependency))
            is { } contradiction)
        {
            _context.Error(raw, contradiction);
            return;
        }

        var kinds = Kinds(raw, values);
        var first = mastersOnSameHost ? dependents : masters;
        var others = mastersOnSameHost || dependentsOnSameHost ? null : Expand(raw, dependents);
        foreach (var service in Expand(raw, first))
        {
            var second = mastersOnSameHost ? masters : dependents;
            var there = others ?? SameHost(raw, service, second);
            foreach (var other in there)
            {
                (var master, var child) = mastersOnSameHost ? (other, service) : (service, other);
                if (!AddLinks(raw, kinds, master, [child], links))
                {
                    return;
                }
            }
        }
    }

    private static string? Missing(ServiceSelection masters, ServiceSelection dependents)
    {
        if (!masters.ServiceGroups.IsValue && !masters.Descriptions.IsValue)
        {
            return "service_description or servicegroup_name";
        }

        if (!dependents.ServiceGroups.IsValue && !dependents.Descriptions.IsValue)
        {
            return "dependent_service_description or dependent_servicegroup_name";
        }

        return masters.HasNoPlace && dependents.HasNoPlace ? "host_name, hostgroup_name or servicegroup_name" : null;
    }

    private List<int> Expand(RawId raw, ServiceSelection selection) =>
        _services.Expander.Expand(raw, selection, _services.GroupExpander, _services.GroupMembers);

    private List<int> SameHost(RawId raw, int service, ServiceSelection selection)
    {
        var accepted = new List<int>();
        var rejected = new HashSet<int>();
        _services.Expander.Expand(
            raw, selection.DescriptionDirective, _services.Places[service].Host, selection.Descriptions, accepted, rejected);
        accepted.RemoveAll(rejected.Contains);
        return accepted;
    }

    /// <summary>The links to make for each pair: one for checks, one for notifications, or only one of them.</summary>
    private List<DependencyLink> Kinds(RawId raw, ResolvedObject values)
    {
        var type = _context.Raw[raw].Type;
        var period = _periods.Find(raw, Directive.DependencyPeriod, values[Directive.DependencyPeriod]);
        var inherits = _read.Boolean(values, Directive.InheritsParent, fallback: false);
        var kinds = new List<DependencyLink>();
        var execution = _read.Options(type, values, Directive.ExecutionFailureOptions, StateOptions.None);
        var notification = _read.Options(type, values, Directive.NotificationFailureOptions, StateOptions.None);
        if (execution != StateOptions.None)
        {
            kinds.Add(new DependencyLink(0, 0, DependencyKind.Execution, execution, inherits, period, raw));
        }

        if (notification != StateOptions.None)
        {
            kinds.Add(new DependencyLink(0, 0, DependencyKind.Notification, notification, inherits, period, raw));
        }

        if (kinds.Count == 0)
        {
            _context.Warning(
                raw, "names no state in execution_failure_options or notification_failure_options and has no effect");
        }

        return kinds;
    }

    /// <summary>False when there are too many.</summary>
    private bool AddLinks(RawId raw, List<DependencyLink> kinds, int master, List<int> children, HashSet<DependencyLink> links)
    {
        if (_count + ((long)kinds.Count * children.Count) > Most)
        {
            _context.Error(raw, $"leads to more than {Most} dependencies in all");
            _tooMany = true;
            links.Clear();
            return false;
        }

        foreach (var kind in kinds)
        {
            foreach (var child in children)
            {
                links.Add(kind with { Master = master, Dependent = child });
            }
        }

        _count += kinds.Count * children.Count;
        return true;
    }

    /// <summary>Naemon takes a host dependency that lacks a side, like one whose host groups are empty, and does nothing.</summary>
    private void ReportOneSided(RawId raw, string missing)
    {
        if (_context.Raw.Own(raw, Directive.Name) is not null)
        {
            return;
        }

        if (_context.Main.AllowEmptyHostGroupAssignment == EmptyHostGroupAssignment.Refuse)
        {
            _context.Error(raw, $"has {missing} (allow_empty_hostgroup_assignment=0)");
        }
        else
        {
            _context.Warning(raw, $"has {missing} and no effect");
        }
    }

    private void ReportIncomplete(RawId raw, string missing)
    {
        // As for services: one with a name and without a place is a template.
        if (_context.Raw.Own(raw, Directive.Name) is null)
        {
            _context.Error(raw, $"has no {missing}");
        }
    }

    private void RefuseCircles(DependencyLink[] links, int count, Func<int, string> name)
    {
        if (_context.Main.AllowCircularDependencies)
        {
            return;
        }

        foreach (var kind in links.GroupBy(l => l.Kind))
        {
            var masters = kind.ToLookup(l => l.Dependent, l => l.Master);
            var order = DependencyOrder.Of(count, i => masters.Contains(i) ? [.. masters[i].Distinct()] : []);
            if (order.Cycle.Length > 0)
            {
                var first = kind.First(l => l.Dependent == order.Cycle[0] && l.Master == order.Cycle[1]);
                var word = kind.Key == DependencyKind.Execution ? "execution" : "notification";
                _context.Error(
                    first.Raw, $"closes a circle of {word} dependencies: {string.Join(" → ", order.Cycle.Select(name))}");
            }
        }
    }
}
