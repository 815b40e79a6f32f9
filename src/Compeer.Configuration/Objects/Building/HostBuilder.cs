using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Expansion;
using Compeer.Configuration.Objects.Interning;
using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.Syntax;
using Compeer.Configuration.Objects.Templates;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Building;

/// <summary>Builds hosts and host groups.</summary>
internal sealed class HostBuilder
{
    private readonly CompilationContext _context;
    private readonly ValueReader _read;
    private readonly NotificationChecks _checks;
    private readonly CommandBuilder _commands;
    private readonly ContactBuilder _contacts;
    private readonly SettingsBuilder _settings;
    private readonly CustomVariableCache _customVariables;
    private readonly int[] _inherited;
    private readonly TupleTable _inheritances = new(HostInheritance.Width);
    private readonly int[][] _parents;
    private readonly (string? Alias, PresentationSettings Presentation)[] _groups;

    public HostBuilder(CompilationContext context, CommandBuilder commands, TimePeriodBuilder periods, ContactBuilder contacts)
    {
        _context = context;
        _read = new ValueReader(context);
        _checks = new NotificationChecks(context);
        _commands = commands;
        _contacts = contacts;
        _settings = new SettingsBuilder(context, ObjectType.Host, commands, periods);
        _customVariables = new CustomVariableCache(context);
        Lists = new HostLists(context);
        _inherited = new int[Lists.Names.Count];
        _parents = new int[Lists.Names.Count][];
        _groups = new (string?, PresentationSettings)[Lists.GroupNames.Count];
        ReadGroups();
        ReadHosts();
    }

    /// <summary>Who there is, and who is in which group.</summary>
    public HostLists Lists { get; }

    /// <summary>What services and escalations take from a host.</summary>
    public HostInheritance Inherited(int host) => HostInheritance.Of(_inheritances[_inherited[host]]);

    /// <summary>A number that hosts have in common whose services and escalations take the same from them.</summary>
    public int InheritanceNumber(int host) => _inherited[host];

    /// <summary>All hosts; <paramref name="extendedInfo"/> completes what is shown with a host.</summary>
    public HostDefinition[] Build(Action<int, ResolvedObject> extendedInfo)
    {
        var hosts = new HostDefinition[Lists.Names.Count];
        var order = DependencyOrder.Of(Lists.Names.Count, i => _parents[i]);
        if (order.Cycle.Length > 0 && !_context.Main.AllowCircularDependencies)
        {
            var chain = string.Join(" → ", order.Cycle.Select(Lists.Names.Name));
            _context.Error(Lists.Names.Raw(order.Cycle[0]), Directive.Parents, $"hosts are parents of each other in a circle: {chain}");
        }

        var resolved = new ResolvedObject();
        foreach (var i in order.Sorted)
        {
            _context.Resolver.Resolve(Lists.Names.Raw(i), resolved);
            extendedInfo(i, resolved);
            var errors = _context.Diagnostics.ErrorCount;
            hosts[i] = Create(i, resolved);
            _checks.CheckHost(Lists.Names.Raw(i), hosts[i], errors);
        }

        foreach (var i in order.Sorted.Where(i => _parents[i].Length > 0))
        {
            hosts[i].Parents = [.. _parents[i].Select(parent => hosts[parent])];
        }

        return hosts;
    }

    public ImmutableArray<HostGroupDefinition> BuildGroups(HostDefinition[] hosts)
    {
        var groups = new HostGroupDefinition[Lists.GroupNames.RegisteredCount];
        for (var i = 0; i < groups.Length; i++)
        {
            groups[i] = new HostGroupDefinition
            {
                Name = Lists.GroupNames.Name(i),
                Alias = _groups[i].Alias ?? Lists.GroupNames.Name(i),
                Members = [.. Lists.GroupMembers(i).Select(m => hosts[m])],
                Presentation = _groups[i].Presentation,
                Position = _context.Raw.Position(Lists.GroupNames.Raw(i)),
            };
        }

        return [.. groups];
    }

    private void ReadGroups()
    {
        var resolved = new ResolvedObject();
        for (var i = 0; i < Lists.GroupNames.Count; i++)
        {
            var raw = Lists.GroupNames.Raw(i);
            _context.Resolver.Resolve(raw, resolved);
            var members = Lists.Expander.Expand(raw, Directive.Members, resolved[Directive.Members]);
            Lists.Membership.AddMembers(i, members.Sequence, members.Rejected);
            Lists.Membership.SetSubgroups(
                i, Lists.GroupExpander.ExpandPlain(raw, Directive.GroupMembers, resolved[Directive.GroupMembers]));
            _groups[i] = (_read.Text(resolved, Directive.Alias), _settings.Presentation(resolved));
        }
    }

    private void ReadHosts()
    {
        var resolved = new ResolvedObject();
        var hostGroups = new Atom[Lists.Names.Count];
        for (var i = 0; i < Lists.Names.Count; i++)
        {
            var raw = Lists.Names.Raw(i);
            _context.Resolver.Resolve(raw, resolved);
            _inherited[i] = _inheritances.Intern(
                [
                    resolved[Directive.Contacts].Number,
                    resolved[Directive.ContactGroups].Number,
                    resolved[Directive.CheckPeriod].Number,
                    resolved[Directive.NotificationPeriod].Number,
                    resolved[Directive.NotificationInterval].Number,
                ],
                out _);
            hostGroups[i] = resolved[Directive.HostGroups];
            _parents[i] = ParentsOf(i, raw, resolved[Directive.Parents]);
        }

        // The one defined last first, as Naemon has them: it matters where a service is defined twice.
        foreach (var i in Lists.Expander.LastFirst.Where(i => hostGroups[i].IsValue))
        {
            AddToGroups(i, Lists.Names.Raw(i), hostGroups[i]);
        }
    }

    private void AddToGroups(int host, RawId raw, Atom list)
    {
        var groups = Lists.GroupExpander.Expand(raw, Directive.HostGroups, list);
        foreach (var group in groups.Accepted)
        {
            if (Array.IndexOf(groups.Rejected, group) < 0)
            {
                Lists.Membership.AddMember(group, host);
            }
        }
    }

    private int[] ParentsOf(int host, RawId raw, Atom list)
    {
        var parents = Lists.Expander.ExpandPlain(raw, Directive.Parents, list);
        if (parents.Contains(host))
        {
            _context.Error(raw, Directive.Parents, $"host '{Lists.Names.Name(host)}' is its own parent");
        }

        return [.. parents.Where(p => p != host).Order()];
    }

    private HostDefinition Create(int index, ResolvedObject values)
    {
        var raw = Lists.Names.Raw(index);
        var name = Lists.Names.Name(index);
        if (!values[Directive.MaxCheckAttempts].IsValue && !_context.Resolver.IsIncomplete(raw))
        {
            _context.Error(raw, "has no max_check_attempts; write a number, 1 or more");
        }

        return new HostDefinition
        {
            Id = new HostId(index),
            Name = name,
            Alias = _read.Text(values, Directive.Alias) ?? name,
            Address = _read.Text(values, Directive.Address) ?? name,
            DisplayName = _read.Text(values, Directive.DisplayName) ?? name,
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
}
