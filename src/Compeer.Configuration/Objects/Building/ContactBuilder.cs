using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Expansion;
using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.Syntax;
using Compeer.Configuration.Objects.Templates;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Building;

/// <summary>Builds contacts and contact groups, and finds them for those who are to be notified.</summary>
internal sealed class ContactBuilder
{
    private static readonly Directive[] AddressDirectives =
    [
        Directive.Address1, Directive.Address2, Directive.Address3,
        Directive.Address4, Directive.Address5, Directive.Address6,
    ];

    private readonly CompilationContext _context;
    private readonly ValueReader _read;
    private readonly NotificationChecks _checks;
    private readonly CommandBuilder _commands;
    private readonly TimePeriodBuilder _periods;
    private readonly CustomVariableCache _customVariables;
    private readonly NamedObjects _contactNames;
    private readonly NamedObjects _groupNames;
    private readonly ContactDefinition[] _contacts;
    private readonly ContactGroupDefinition[] _groups;
    private readonly Dictionary<int, ImmutableArray<ContactDefinition>> _contactLists = [];
    private readonly Dictionary<int, ImmutableArray<ContactGroupDefinition>> _groupLists = [];

    public ContactBuilder(CompilationContext context, CommandBuilder commands, TimePeriodBuilder periods)
    {
        _context = context;
        _read = new ValueReader(context);
        _checks = new NotificationChecks(context);
        _commands = commands;
        _periods = periods;
        _customVariables = new CustomVariableCache(context);
        _contactNames = new NamedObjects(context, ObjectType.Contact, Directive.ContactName);
        _groupNames = new NamedObjects(context, ObjectType.ContactGroup, Directive.ContactGroupName);
        var membership = new GroupMembership(context, _groupNames);
        _contacts = BuildContacts(membership);
        _groups = BuildGroups(membership);
    }

    public ImmutableArray<ContactDefinition> Contacts => [.. _contacts];

    public ImmutableArray<ContactGroupDefinition> Groups => [.. _groups];

    /// <summary>The contacts in a list of plain names, sorted; unknown ones are reported for this object.</summary>
    public ImmutableArray<ContactDefinition> ContactsOf(RawId raw, Atom list) =>
        Find(raw, Directive.Contacts, list, "contact", _contactNames, _contacts, _contactLists);

    /// <summary>The contact groups in a list of plain names, sorted; unknown ones are reported for this object.</summary>
    public ImmutableArray<ContactGroupDefinition> GroupsOf(RawId raw, Atom list) =>
        Find(raw, Directive.ContactGroups, list, "contact group", _groupNames, _groups, _groupLists);

    private ImmutableArray<T> Find<T>(
        RawId raw,
        Directive directive,
        Atom list,
        string what,
        NamedObjects names,
        T[] definitions,
        Dictionary<int, ImmutableArray<T>> cache)
    {
        if (!list.IsValue)
        {
            return [];
        }

        if (cache.TryGetValue(list.Number, out var known))
        {
            return known;
        }

        var items = _context.List(list);
        var found = new List<int>();
        var isComplete = true;
        foreach (var item in items)
        {
            var index = names.Find(item);
            if (index >= 0 && index < names.RegisteredCount)
            {
                found.Add(index);
                continue;
            }

            _context.Unknown(raw, directive, what, _context.Atoms.Text(item), names);
            isComplete = false;
        }

        ImmutableArray<T> result = [.. found.Distinct().Order().Select(i => definitions[i])];
        if (isComplete)
        {
            cache[list.Number] = result;
        }

        return result;
    }

    private ContactDefinition[] BuildContacts(GroupMembership membership)
    {
        var result = new ContactDefinition[_contactNames.Count];
        var resolved = new ResolvedObject();
        var expander = new NameExpander(_context, _groupNames, "contact group");
        for (var i = 0; i < result.Length; i++)
        {
            var raw = _contactNames.Raw(i);
            _context.Resolver.Resolve(raw, resolved);
            var errors = _context.Diagnostics.ErrorCount;
            result[i] = Create(i, raw, resolved);
            _checks.CheckContact(raw, result[i], errors);
            var groups = expander.Expand(raw, Directive.ContactGroups, resolved[Directive.ContactGroups]);
            foreach (var group in groups.Accepted.Except(groups.Rejected))
            {
                membership.AddMember(group, i);
            }
        }

        return result;
    }

    private ContactDefinition Create(int index, RawId raw, ResolvedObject values)
    {
        var name = _contactNames.Name(index);
        string?[] addresses = [.. AddressDirectives.Select(d => _read.Text(values, d))];
        return new ContactDefinition
        {
            Name = name,
            Alias = _read.Text(values, Directive.Alias) ?? name,
            Email = _read.Text(values, Directive.Email),
            Pager = _read.Text(values, Directive.Pager),
            Addresses = Array.TrueForAll(addresses, a => a is null) ? [] : [.. addresses],
            HostNotifications = Notifications(
                raw,
                values,
                Directive.HostNotificationsEnabled,
                Directive.HostNotificationPeriod,
                Directive.HostNotificationOptions,
                Directive.HostNotificationCommands),
            ServiceNotifications = Notifications(
                raw,
                values,
                Directive.ServiceNotificationsEnabled,
                Directive.ServiceNotificationPeriod,
                Directive.ServiceNotificationOptions,
                Directive.ServiceNotificationCommands),
            CanSubmitCommands = _read.Boolean(values, Directive.CanSubmitCommands, fallback: true),
            RetainStatusInformation = _read.Boolean(values, Directive.RetainStatusInformation, fallback: true),
            RetainNonStatusInformation = _read.Boolean(values, Directive.RetainNonStatusInformation, fallback: true),
            MinimumValue = _read.Unsigned(values, Directive.MinimumValue, 1),
            CustomVariables = _customVariables.Get(values.CustomVariables),
            Position = _context.Raw.Position(raw),
        };
    }

    private ContactNotificationSettings Notifications(
        RawId raw, ResolvedObject values, Directive enabled, Directive period, Directive options, Directive commands)
    {
        var list = values[commands];
        var calls = new List<CommandCall>();
        foreach (var command in list.IsValue ? CommandList(list) : [])
        {
            if (_commands.Call(raw, commands, new Atom(command)) is { } call)
            {
                calls.Add(call);
            }
        }

        return new ContactNotificationSettings
        {
            Enabled = _read.Boolean(values, enabled, fallback: true),
            Period = _periods.Find(raw, period, values[period]),
            Options = _read.Options(ObjectType.Contact, values, options, StateOptions.None),
            Commands = [.. calls],
        };
    }

    /// <summary>Naemon splits lists of notification commands at blanks as well as at commas.</summary>
    private IEnumerable<int> CommandList(Atom list)
    {
        foreach (var item in _context.List(list))
        {
            foreach (var name in _context.Atoms.Text(item).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                yield return _context.Atoms.Intern(ConfigurationText.Encode(name)).Number;
            }
        }
    }

    private ContactGroupDefinition[] BuildGroups(GroupMembership membership)
    {
        var resolved = new ResolvedObject();
        var contacts = new NameExpander(_context, _contactNames, "contact");
        var groups = new NameExpander(_context, _groupNames, "contact group");
        var result = new ContactGroupDefinition[_groupNames.RegisteredCount];
        var aliases = new string?[_groupNames.Count];
        for (var i = 0; i < _groupNames.Count; i++)
        {
            var raw = _groupNames.Raw(i);
            _context.Resolver.Resolve(raw, resolved);
            aliases[i] = _read.Text(resolved, Directive.Alias);
            var members = contacts.Expand(raw, Directive.Members, resolved[Directive.Members]);
            membership.AddMembers(i, members.Sequence, members.Rejected);
            membership.SetSubgroups(i, groups.ExpandPlain(raw, Directive.GroupMembers, resolved[Directive.GroupMembers]));
        }

        for (var i = 0; i < result.Length; i++)
        {
            result[i] = new ContactGroupDefinition
            {
                Name = _groupNames.Name(i),
                Alias = aliases[i] ?? _groupNames.Name(i),
                Members = [.. membership.Members(i).Select(m => _contacts[m])],
                Position = _context.Raw.Position(_groupNames.Raw(i)),
            };
        }

        return result;
    }
}
