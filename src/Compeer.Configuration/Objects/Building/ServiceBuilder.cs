using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Expansion;
using Compeer.Configuration.Objects.Interning;
using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.Syntax;
using Compeer.Configuration.Objects.Templates;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Building;

/// <summary>Builds services and service groups.</summary>
internal sealed class ServiceBuilder
{
    /// <summary>Where each service has a shape of its own, remembering them all only takes room.</summary>
    private const int MostShapes = 1 << 16;

    private readonly CompilationContext _context;
    private readonly ValueReader _read;
    private readonly NotificationChecks _checks;
    private readonly HostBuilder _hosts;
    private readonly CommandBuilder _commands;
    private readonly ContactBuilder _contacts;
    private readonly SettingsBuilder _settings;
    private readonly CustomVariableCache _customVariables;
    private readonly GroupMembership _membership;
    private SequenceTable _shapeNumbers = new();
    private readonly List<ServiceShape?> _shapes = [];
    private readonly ResolvedObject _values = new();

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
        Places = new ServicePlaces(context, hosts.Lists);
        GroupNames = new NamedObjects(context, ObjectType.ServiceGroup, Directive.ServiceGroupName);
        GroupExpander = new NameExpander(context, GroupNames, "service group");
        Expander = new ServiceExpander(context, hosts.Lists, Places);
        _membership = new GroupMembership(context, GroupNames);
        ReadGroups();
    }

    public ServicePlaces Places { get; }

    public NamedObjects GroupNames { get; }

    public NameExpander GroupExpander { get; }

    public ServiceExpander Expander { get; }

    /// <summary>All services; <paramref name="information"/> completes what is shown with a service.</summary>
    public ServiceDefinition[] Build(HostDefinition[] hosts, ExtendedInfoBuilder information)
    {
        var services = new ServiceDefinition[Places.Count];
        var parents = new Dictionary<int, int[]>();
        for (var i = 0; i < services.Length; i++)
        {
            var shape = ShapeOf(i, information);
            if (shape.ServiceGroups.IsValue)
            {
                AddToGroups(i, Places[i].Raw, shape.ServiceGroups);
            }

            services[i] = Create(i, in shape, hosts);
            if (shape.Parents.IsValue)
            {
                parents[i] = ParentsOf(i, shape.Parents);
            }
        }

        foreach ((var service, var lost) in Places.Lost)
        {
            AddToGroups(service, lost.Raw, _context.Resolver.Value(lost.Raw, Directive.ServiceGroups));
        }

        SetParents(services, parents);
        return services;
    }

    /// <summary>The values of a service with those that it takes from its host.</summary>
    public void Resolve(int index, ResolvedObject result)
    {
        var place = Places[index];
        _context.Resolver.Resolve(place.Raw, result);
        var host = _hosts.Inherited(place.Host);
        if (result[Directive.Contacts] == Atom.Unset && result[Directive.ContactGroups] == Atom.Unset)
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
        var groups = new ServiceGroupDefinition[GroupNames.RegisteredCount];
        var resolved = new ResolvedObject();
        for (var i = 0; i < groups.Length; i++)
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
        for (var i = 0; i < GroupNames.Count; i++)
        {
            var raw = GroupNames.Raw(i);
            _context.Resolver.Resolve(raw, resolved);
            (var accepted, var rejected) =
                Expander.ExpandPairs(raw, Directive.Members, resolved[Directive.Members]);
            _membership.AddMembers(i, accepted, rejected);
            _membership.SetSubgroups(
                i, GroupExpander.ExpandPlain(raw, Directive.GroupMembers, resolved[Directive.GroupMembers]));
        }
    }

    private void AddToGroups(int service, RawId raw, Atom list)
    {
        var groups = GroupExpander.Expand(raw, Directive.ServiceGroups, list);
        foreach (var group in groups.Accepted)
        {
            if (Array.IndexOf(groups.Rejected, group) < 0)
            {
                _membership.AddMember(group, service);
            }
        }
    }

    private static void Take(ResolvedObject result, Directive directive, Atom value)
    {
        if (result[directive] == Atom.Unset)
        {
            result[directive] = value;
        }
    }

    /// <summary>Naemon looks for no circle among the parents of services.</summary>
    private void SetParents(ServiceDefinition[] services, Dictionary<int, int[]> parents)
    {
        if (parents.Count == 0)
        {
            return;
        }

        foreach ((var service, var those) in parents)
        {
            services[service].Parents = [.. those.Select(parent => services[parent])];
        }

        var circle = DependencyOrder.Of(services.Length, i => parents.GetValueOrDefault(i, [])).Cycle;
        if (circle.Length > 0)
        {
            var chain = string.Join(" → ", circle.Select(Describe));
            _context.Warning(
                Places[circle[0]].Raw,
                Directive.Parents,
                $"services are parents of each other in a circle: {chain}; it has no effect");
        }
    }

    /// <summary>One description is a service on the same host; otherwise pairs of host and description.</summary>
    private int[] ParentsOf(int service, Atom list)
    {
        var place = Places[service];
        var items = _context.List(list);
        var sameHost = items.Length == 1 ? Places.Find(place.Host, items[0]) : -1;
        if (items.Length == 1 && sameHost < 0)
        {
            _context.Error(
                place.Raw,
                Directive.Parents,
                $"there is no service '{_context.Atoms.Text(items[0])}' on host '{_hosts.Lists.Names.Name(place.Host)}'");
            return [];
        }

        var parents = items.Length == 1
            ? [sameHost]
            : Expander.ExpandPairs(place.Raw, Directive.Parents, list).Accepted;
        return [.. parents.Distinct().Order()];
    }

    /// <summary>A service as messages name it.</summary>
    public string Describe(int service) =>
        $"'{_context.Atoms.Text(Places[service].Description)}' on '{_hosts.Lists.Names.Name(Places[service].Host)}'";

    /// <summary>
    /// The shape of a service. Large configurations have few: services of many hosts that say the same but for host and
    /// description. One in which something was found is not kept, so that it is found for every definition.
    /// </summary>
    private ServiceShape ShapeOf(int service, ExtendedInfoBuilder information)
    {
        if (information.HasService(service))
        {
            return CreateShape(service, information);
        }

        if (_shapes.Count == MostShapes)
        {
            _shapeNumbers = new SequenceTable();
            _shapes.Clear();
        }

        var number = ShapeNumber(service, out var isNew);
        if (isNew)
        {
            _shapes.Add(null);
        }

        if (_shapes[number] is { } known)
        {
            return known;
        }

        var findings = _context.Diagnostics.Count;
        var shape = CreateShape(service, information);
        if (_context.Diagnostics.Count == findings && !_context.Resolver.IsIncomplete(Places[service].Raw))
        {
            _shapes[number] = shape;
        }

        return shape;
    }

    private int ShapeNumber(int service, out bool isNew)
    {
        var place = Places[service];
        var directives = _context.Raw.Directives(place.Raw);
        var length = 1 + (2 * directives.Length);
        var key = length <= 512 ? stackalloc int[length] : new int[length];
        key[0] = _hosts.InheritanceNumber(place.Host);
        var used = 1;
        foreach (var directive in directives)
        {
            if (directive.Directive is not (Directive.HostName or Directive.HostGroupName or Directive.ServiceDescription
                or Directive.Name or Directive.Register))
            {
                key[used++] = (int)directive.Directive;
                key[used++] = directive.Value.Number;
            }
        }

        return _shapeNumbers.Intern(key[..used], out isNew);
    }

    private ServiceShape CreateShape(int service, ExtendedInfoBuilder information)
    {
        var raw = Places[service].Raw;
        Resolve(service, _values);
        information.CompleteService(service, _values);
        var errors = _context.Diagnostics.ErrorCount;
        CheckRequired(raw, _values);
        var shape = new ServiceShape
        {
            DisplayName = _read.Text(_values, Directive.DisplayName),
            CheckCommand = _commands.Call(raw, Directive.CheckCommand, _values[Directive.CheckCommand]),
            Checking = _settings.Check(raw, _values),
            Notifying = _settings.Notification(raw, _values),
            FlapDetection = _settings.FlapDetection(_values),
            Processing = _settings.Processing(raw, _values),
            Presentation = _settings.Presentation(_values),
            CustomVariables = _customVariables.Get(_values.CustomVariables),
            Contacts = _contacts.ContactsOf(raw, _values[Directive.Contacts]),
            ContactGroups = _contacts.GroupsOf(raw, _values[Directive.ContactGroups]),
            ServiceGroups = _values[Directive.ServiceGroups],
            Parents = _values[Directive.Parents],
        };
        _checks.CheckService(raw, in shape, errors);
        return shape;
    }

    private ServiceDefinition Create(int index, in ServiceShape shape, HostDefinition[] hosts)
    {
        var place = Places[index];
        var description = _context.Atoms.Text(place.Description);
        return new ServiceDefinition
        {
            Id = new ServiceId(index),
            Host = hosts[place.Host],
            Description = description,
            DisplayName = shape.DisplayName ?? description,
            CheckCommand = shape.CheckCommand,
            Checking = shape.Checking,
            Notifying = shape.Notifying,
            FlapDetection = shape.FlapDetection,
            Processing = shape.Processing,
            Presentation = shape.Presentation,
            CustomVariables = shape.CustomVariables,
            Contacts = shape.Contacts,
            ContactGroups = shape.ContactGroups,
            Position = _context.Raw.Position(place.Raw),
        };
    }

    private void CheckRequired(RawId raw, ResolvedObject values)
    {
        if (!values[Directive.MaxCheckAttempts].IsValue && !_context.Resolver.IsIncomplete(raw))
        {
            _context.Error(raw, "has no max_check_attempts; write a number, 1 or more");
        }

        if (!values[Directive.CheckCommand].IsValue && !_context.Resolver.IsIncomplete(raw))
        {
            _context.Error(raw, "has no check_command");
        }
    }
}
