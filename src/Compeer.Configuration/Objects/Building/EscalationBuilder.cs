using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Expansion;
using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.Syntax;
using Compeer.Configuration.Objects.Templates;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Building;

/// <summary>
/// Builds escalations of hosts and of services. What an escalation does not set it takes from its host or service:
/// contacts and contact groups when it has neither, a list with <c>+</c> as an addition to theirs, the notification
/// interval, and the notification period as its own.
/// </summary>
internal sealed class EscalationBuilder
{
    /// <summary>More escalations than this, after expansion, are refused.</summary>
    private const int Most = 2_000_000;

    private static readonly Directive[] Inherited =
    [
        Directive.Contacts, Directive.ContactGroups, Directive.NotificationInterval, Directive.EscalationPeriod,
    ];

    private readonly CompilationContext _context;
    private readonly ValueReader _read;
    private readonly TimePeriodBuilder _periods;
    private readonly ContactBuilder _contacts;
    private readonly HostBuilder _hosts;
    private readonly ServiceBuilder _services;
    private int _count;
    private bool _tooMany;

    public EscalationBuilder(
        CompilationContext context,
        TimePeriodBuilder periods,
        ContactBuilder contacts,
        HostBuilder hosts,
        ServiceBuilder services)
    {
        _context = context;
        _read = new ValueReader(context);
        _periods = periods;
        _contacts = contacts;
        _hosts = hosts;
        _services = services;
    }

    public ImmutableArray<HostEscalationDefinition> BuildHosts(HostDefinition[] hosts)
    {
        var result = new List<(int Host, HostEscalationDefinition Definition)>();
        ForEach(ObjectType.HostEscalation, (raw, values) =>
        {
            var errors = _context.Diagnostics.ErrorCount;
            var places = _services.Expander.HostsOf(raw, ServiceSelection.Of(values), namedWin: true);
            WarnOfNowhere(raw, places, errors);
            foreach ((var host, var settings) in SettingsFor(raw, values, places, _hosts.Inherited))
            {
                result.Add((host, new HostEscalationDefinition(hosts[host], settings, _context.Raw.Position(raw))));
            }
        });
        return [.. result.OrderBy(e => e.Host).Select(e => e.Definition)];
    }

    public ImmutableArray<ServiceEscalationDefinition> BuildServices(ServiceDefinition[] services)
    {
        var result = new List<(int Service, ServiceEscalationDefinition Definition)>();
        var service = new ResolvedObject();
        ForEach(ObjectType.ServiceEscalation, (raw, values) =>
        {
            var errors = _context.Diagnostics.ErrorCount;
            var places = _services.Expander.Expand(
                raw, ServiceSelection.Of(values), _services.GroupExpander, _services.GroupMembers);
            WarnOfNowhere(raw, places, errors);
            foreach ((var index, var settings) in SettingsFor(raw, values, places, i => FromService(i, service)))
            {
                result.Add((index, new ServiceEscalationDefinition(services[index], settings, _context.Raw.Position(raw))));
            }
        });
        return [.. result.OrderBy(e => e.Service).Select(e => e.Definition)];
    }

    private void ForEach(ObjectType type, Action<RawId, ResolvedObject> build)
    {
        var values = new ResolvedObject();
        foreach (var raw in _context.ObjectsOf(type))
        {
            _context.Resolver.Resolve(raw, values);
            if (!_tooMany && _context.IsRegistered(raw) && IsComplete(raw, type, ServiceSelection.Of(values)))
            {
                build(raw, values);
            }
        }
    }

    private bool IsComplete(RawId raw, ObjectType type, ServiceSelection selection)
    {
        var noService = type == ObjectType.ServiceEscalation && !selection.ServiceGroups.IsValue && !selection.Descriptions.IsValue;
        if (!selection.HasNoPlace && !noService)
        {
            var contradiction = type == ObjectType.ServiceEscalation ? selection.Contradiction(type) : null;
            if (contradiction is not null)
            {
                _context.Error(raw, contradiction);
            }

            return contradiction is null;
        }

        // As for services: one with a name and without a place is a template.
        if (_context.Raw.Own(raw, Directive.Name) is null)
        {
            _context.Error(raw, selection.HasNoPlace
                ? "has neither host_name nor hostgroup_name"
                : "has neither service_description nor servicegroup_name");
        }

        return false;
    }

    private HostInheritance FromService(int service, ResolvedObject values)
    {
        _services.Resolve(service, values);
        return new HostInheritance(
            values[Directive.Contacts],
            values[Directive.ContactGroups],
            values[Directive.CheckPeriod],
            values[Directive.NotificationPeriod],
            values[Directive.NotificationInterval]);
    }

    private void WarnOfNowhere(RawId raw, List<int> places, int errorsBefore)
    {
        if (places.Count == 0 && _context.Diagnostics.ErrorCount == errorsBefore)
        {
            _context.Warning(raw, "applies to nothing: no host or service is in its groups");
        }
    }

    private List<(int Place, EscalationSettings Settings)> SettingsFor(
        RawId raw, ResolvedObject values, List<int> places, Func<int, HostInheritance> inheritance)
    {
        var result = new List<(int, EscalationSettings)>();
        if (_count + (long)places.Count > Most)
        {
            _context.Error(raw, $"leads to more than {Most} escalations in all");
            _tooMany = true;
            return result;
        }

        _count += places.Count;
        Span<Atom> own = stackalloc Atom[Inherited.Length];
        values.Gather(Inherited, own);
        var known = new Dictionary<HostInheritance, EscalationSettings>();
        foreach (var place in places)
        {
            var from = inheritance(place);
            if (!known.TryGetValue(from, out var settings))
            {
                Inherit(values, from);
                settings = Create(raw, values);
                known[from] = settings;
                Restore(values, own);
            }

            result.Add((place, settings));
        }

        WarnOfNever(raw, values);
        return result;
    }

    private void Inherit(ResolvedObject values, HostInheritance from)
    {
        var hasNoContacts = values[Directive.Contacts] == Atom.Unset
            && values[Directive.ContactGroups] == Atom.Unset;
        values[Directive.Contacts] = hasNoContacts ? from.Contacts : Added(values[Directive.Contacts], from.Contacts);
        values[Directive.ContactGroups] =
            hasNoContacts ? from.ContactGroups : Added(values[Directive.ContactGroups], from.ContactGroups);
        if (values[Directive.NotificationInterval] == Atom.Unset)
        {
            values[Directive.NotificationInterval] = from.NotificationInterval;
        }

        if (values[Directive.EscalationPeriod] == Atom.Unset && from.NotificationPeriod.IsValue)
        {
            values[Directive.EscalationPeriod] = from.NotificationPeriod;
        }
    }

    private Atom Added(Atom own, Atom inherited)
    {
        if (!own.IsValue || !inherited.IsValue || !_context.Atoms.Bytes(own).StartsWith("+"u8))
        {
            return own;
        }

        var before = _context.Atoms.Bytes(inherited);
        before = before.StartsWith("+"u8) ? before[1..] : before;
        return _context.Atoms.Intern([.. before, (byte)',', .. _context.Atoms.Bytes(own)[1..]]);
    }

    private static void Restore(ResolvedObject values, ReadOnlySpan<Atom> own)
    {
        for (var i = 0; i < Inherited.Length; i++)
        {
            values[Inherited[i]] = own[i];
        }
    }

    private EscalationSettings Create(RawId raw, ResolvedObject values)
    {
        var type = _context.Raw[raw].Type;
        return new EscalationSettings
        {
            FirstNotification = _read.Integer(values, Directive.FirstNotification, -2),
            LastNotification = _read.Integer(values, Directive.LastNotification, -2),
            // Unlike that of hosts and services, an escalation's own interval has no default.
            NotificationInterval = _read.Interval(values[Directive.NotificationInterval], 0),
            Period = _periods.Find(raw, Directive.EscalationPeriod, values[Directive.EscalationPeriod]),
            Options = _read.Options(type, values, Directive.EscalationOptions, StateOptions.All),
            Contacts = _contacts.ContactsOf(raw, values[Directive.Contacts]),
            ContactGroups = _contacts.GroupsOf(raw, values[Directive.ContactGroups]),
        };
    }

    private void WarnOfNever(RawId raw, ResolvedObject values)
    {
        if (!values[Directive.LastNotification].IsValue)
        {
            _context.Warning(raw, "has no last_notification and never applies; write 0 for no end");
            return;
        }

        var first = _read.Integer(values, Directive.FirstNotification, -2);
        var last = _read.Integer(values, Directive.LastNotification, -2);
        if (last != 0 && last < first)
        {
            _context.Warning(
                raw, Directive.LastNotification, $"{last} is before first_notification {first}, so it never applies");
        }
    }
}
