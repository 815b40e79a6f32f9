using System.Collections.Immutable;
using Compeer.Objects.Definitions;
using Compeer.Objects.Expansion;
using Compeer.Objects.Syntax;
using Compeer.Objects.Templates;
using Compeer.Objects.Validation;

namespace Compeer.Objects.Compilation;

/// <summary>Builds services and service groups.</summary>
internal sealed class ServiceBuilder
{
    private readonly CompilationContext _context;
    private readonly ValueReader _read;
    private readonly NotificationChecks _checks;
    private readonly HostBuilder _hosts;
    private readonly CommandBuilder _commands;
    private readonly ContactBuilder _contacts;
    private readonly SettingsBuilder _settings;
    private readonly CustomVariableCache _customVariables;
    private readonly GroupMembership _membership;

    public ServiceBuilder(
        CompilationContext context,
        CommandBuilder commands,
        TimePeriodBuilder periods,
        ContactBuilder contacts,
        HostBuilder hosts)
    {
        _context = context;
        _read = new ValueReader(context);
        _checks = new NotificationChecks(context);
        _hosts = hosts;
        _commands = commands;
        _contacts = contacts;
        _settings = new SettingsBuilder(context, ObjectType.Service, commands, periods);
        _customVariables = new CustomVariableCache(context);
        Places = new ServicePlaces(context, hosts);
        GroupNames = new NamedObjects(context, ObjectType.ServiceGroup, Directive.ServiceGroupName);
        GroupExpander = new NameExpander(context, GroupNames, "service group");
        Expander = new ServiceExpander(context, hosts, Places);
        _membership = new GroupMembership(context, GroupNames);
        ReadGroups();
    }

    public ServicePlaces Places { get; }

    public NamedObjects GroupNames { get; }

    public NameExpander GroupExpander { get; }

    public ServiceExpander Expander { get; }

    /// <summary>All services; <paramref name="extendedInfo"/> completes what is shown with a service.</summary>
    public ServiceDefinition[] Build(HostDefinition[] hosts, Action<int, ResolvedObject> extendedInfo)
    {
        var services = new ServiceDefinition[Places.Count];
        var parents = new Dictionary<int, int[]>();
        var resolved = new ResolvedObject();
        for (int i = 0; i < services.Length; i++)
        {
            Resolve(i, resolved);
            AddToGroups(i, resolved[Directive.ServiceGroups]);
            if (resolved[Directive.Parents] >= 0)
            {
                parents[i] = ParentsOf(i, resolved[Directive.Parents]);
                continue;
            }

            extendedInfo(i, resolved);
            int errors = _context.Diagnostics.ErrorCount;
            services[i] = Create(i, resolved, hosts, []);
            _checks.CheckService(Places[i].Raw, services[i], errors);
        }

        BuildWithParents(services, parents, hosts, extendedInfo);
        return services;
    }

    /// <summary>The values of a service with those that it takes from its host.</summary>
    public void Resolve(int index, ResolvedObject result)
    {
        ServicePlace place = Places[index];
        _context.Resolver.Resolve(place.Raw, result);
        HostInheritance host = _hosts.Inherited(place.Host);
        if (result[Directive.Contacts] == RawDirective.Unset && result[Directive.ContactGroups] == RawDirective.Unset)
        {
            result[Directive.Contacts] = host.Contacts;
            result[Directive.ContactGroups] = host.ContactGroups;
        }

        Take(result, Directive.CheckPeriod, host.CheckPeriod);
        Take(result, Directive.NotificationPeriod, host.NotificationPeriod);
        Take(result, Directive.NotificationInterval, host.NotificationInterval);
    }

    /// <summary>The services in a group, in their order; known once the services are built.</summary>
    public int[] GroupMembers(int group) => _membership.Members(group);

    public ImmutableArray<ServiceGroupDefinition> BuildGroups(ServiceDefinition[] services)
    {
        var groups = new ServiceGroupDefinition[GroupNames.Count];
        var resolved = new ResolvedObject();
        for (int i = 0; i < groups.Length; i++)
        {
            _context.Resolver.Resolve(GroupNames.Raw(i), resolved);
            groups[i] = new ServiceGroupDefinition
            {
                Name = GroupNames.Name(i),
                Alias = _read.Text(resolved, Directive.Alias) ?? GroupNames.Name(i),
                Members = [.. GroupMembers(i).Select(m => services[m])],
                Presentation = _settings.Presentation(resolved),
                Position = _context.Raw.Position(GroupNames.Raw(i)),
            };
        }

        return [.. groups];
    }

    private void ReadGroups()
    {
        var resolved = new ResolvedObject();
        for (int i = 0; i < GroupNames.Count; i++)
        {
            int raw = GroupNames.Raw(i);
            _context.Resolver.Resolve(raw, resolved);
            (List<int> accepted, HashSet<int> rejected) = Expander.ExpandPairs(raw, Directive.Members, resolved[Directive.Members]);
            _membership.AddMembers(i, accepted, rejected);
            NameList subgroups = GroupExpander.Expand(raw, Directive.GroupMembers, resolved[Directive.GroupMembers]);
            _membership.SetSubgroups(i, subgroups.Accepted);
        }
    }

    private void AddToGroups(int service, int list)
    {
        NameList groups = GroupExpander.Expand(Places[service].Raw, Directive.ServiceGroups, list);
        foreach (int group in groups.Accepted)
        {
            if (Array.IndexOf(groups.Rejected, group) < 0)
            {
                _membership.AddMember(group, service);
            }
        }
    }

    private static void Take(ResolvedObject result, Directive directive, int value)
    {
        if (result[directive] == RawDirective.Unset)
        {
            result[directive] = value;
        }
    }

    private void BuildWithParents(
        ServiceDefinition[] services,
        Dictionary<int, int[]> parents,
        HostDefinition[] hosts,
        Action<int, ResolvedObject> extendedInfo)
    {
        if (parents.Count == 0)
        {
            return;
        }

        DependencyOrder order = DependencyOrder.Of(services.Length, i => parents.GetValueOrDefault(i, []));
        var resolved = new ResolvedObject();
        foreach (int i in order.Sorted.Where(parents.ContainsKey))
        {
            Resolve(i, resolved);
            extendedInfo(i, resolved);
            int errors = _context.Diagnostics.ErrorCount;
            services[i] = Create(i, resolved, hosts, [.. parents[i].Select(p => services[p])]);
            _checks.CheckService(Places[i].Raw, services[i], errors);
        }

        if (order.Cycle.Length > 0)
        {
            string chain = string.Join(" → ", order.Cycle.Select(Describe));
            _context.Error(
                Places[order.Cycle[0]].Raw, Directive.Parents, $"services are parents of each other in a circle: {chain}");
        }
    }

    /// <summary>One description is a service on the same host; otherwise pairs of host and description.</summary>
    private int[] ParentsOf(int service, int list)
    {
        ServicePlace place = Places[service];
        int[] items = _context.List(list);
        int sameHost = items.Length == 1 ? Places.Find(place.Host, items[0]) : -1;
        if (items.Length == 1 && sameHost < 0)
        {
            _context.Error(
                place.Raw,
                Directive.Parents,
                $"there is no service '{_context.Atoms.Text(items[0])}' on host '{_hosts.Names.Name(place.Host)}'");
            return [];
        }

        List<int> parents = items.Length == 1
            ? [sameHost]
            : Expander.ExpandPairs(place.Raw, Directive.Parents, list).Accepted;
        if (parents.Remove(service))
        {
            _context.Error(place.Raw, Directive.Parents, $"service {Describe(service)} is its own parent");
        }

        return [.. parents.Distinct().Order()];
    }

    /// <summary>A service as messages name it.</summary>
    public string Describe(int service) =>
        $"'{_context.Atoms.Text(Places[service].Description)}' on '{_hosts.Names.Name(Places[service].Host)}'";

    private ServiceDefinition Create(
        int index, ResolvedObject values, HostDefinition[] hosts, ImmutableArray<ServiceDefinition> parents)
    {
        ServicePlace place = Places[index];
        int raw = place.Raw;
        string description = _context.Atoms.Text(place.Description);
        CheckRequired(raw, values);
        return new ServiceDefinition
        {
            Index = index,
            Host = hosts[place.Host],
            Description = description,
            DisplayName = _read.Text(values, Directive.DisplayName) ?? description,
            Parents = parents,
            CheckCommand = _commands.Call(raw, Directive.CheckCommand, values[Directive.CheckCommand]),
            Checking = _settings.Check(raw, values),
            Notifying = _settings.Notification(raw, values),
            FlapDetection = _settings.FlapDetection(values),
            Processing = _settings.Processing(raw, values),
            Presentation = _settings.Presentation(values),
            CustomVariables = _customVariables.Get(values.CustomVariables),
            Contacts = _contacts.ContactsOf(raw, values[Directive.Contacts]),
            ContactGroups = _contacts.GroupsOf(raw, values[Directive.ContactGroups]),
            Position = _context.Raw.Position(raw),
        };
    }

    private void CheckRequired(int raw, ResolvedObject values)
    {
        if (values[Directive.MaxCheckAttempts] < 0 && !_context.Resolver.IsIncomplete(raw))
        {
            _context.Error(raw, "has no max_check_attempts; write a number, 1 or more");
        }

        if (values[Directive.CheckCommand] < 0 && !_context.Resolver.IsIncomplete(raw))
        {
            _context.Error(raw, "has no check_command");
        }
    }
}
