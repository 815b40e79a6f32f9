using System.Collections.Immutable;
using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Model;
using Compeer.Engine.TimePeriods;

namespace Compeer.Engine.Macros;

/// <summary>What macros are about: the configuration, the states, and the host and service in scope.</summary>
internal sealed class MacroContext(
    MainConfiguration main, ObjectConfiguration objects, StateArray<CheckState> states, TimePeriodClock periods, NotificationColumn told)
{
    private readonly Lazy<ILookup<HostId, HostGroupDefinition>> _hostGroups = new(() => objects.HostGroups
        .SelectMany(group => group.Members, (group, host) => (group, host.Id))
        .ToLookup(pair => pair.Id, pair => pair.group));

    private readonly Lazy<ILookup<ServiceId, ServiceGroupDefinition>> _serviceGroups = new(() => objects.ServiceGroups
        .SelectMany(group => group.Members, (group, service) => (group, service.Id))
        .ToLookup(pair => pair.Id, pair => pair.group));

    /// <summary>The main configuration.</summary>
    public MainConfiguration Main => main;

    /// <summary>All objects.</summary>
    public ObjectConfiguration Objects => objects;

    /// <summary>Time periods in the configured zone.</summary>
    public TimePeriodClock Periods => periods;

    /// <summary>How many downtimes of an object are in effect.</summary>
    public Func<CheckableId, int> DowntimeDepth { get; init; } = _ => 0;

    /// <summary>The acknowledgement of the problem that an object has.</summary>
    public Func<CheckableId, DateTimeOffset, Acknowledgement> AcknowledgementOf { get; init; } = (_, _) => Acknowledgement.None;

    /// <summary>When the engine saw its first time.</summary>
    public DateTimeOffset Started { get; set; }

    /// <summary>Now.</summary>
    public EngineTime Now { get; set; }

    /// <summary>The host in scope.</summary>
    public HostDefinition? Host { get; private set; }

    /// <summary>The service in scope; null for a host's check.</summary>
    public ServiceDefinition? Service { get; private set; }

    /// <summary>The state that counts for what is in scope; null for the one that is kept.</summary>
    public CheckState? Seen { get; set; }

    /// <summary>The custom variables of a host or service as they are now.</summary>
    public Func<CheckableDefinition, ImmutableArray<KeyValuePair<string, string>>> VariablesOf { get; set; } =
        static subject => subject.CustomVariables;

    /// <summary>The custom variables of a contact as they are now.</summary>
    public Func<ContactDefinition, ImmutableArray<KeyValuePair<string, string>>> ContactVariablesOf { get; set; } =
        static contact => contact.CustomVariables;

    /// <summary>The notification that is sent; null while there is none.</summary>
    public NotificationScope? Notification { get; set; }

    /// <summary>What was told about a host or service.</summary>
    public NotificationState Told(CheckableDefinition subject) => told[subject is ServiceDefinition service
        ? CheckableId.Of(service.Id, objects)
        : CheckableId.Of(((HostDefinition)subject).Id)];

    /// <summary>Puts a host, or a service and its host, in scope.</summary>
    public void Enter(CheckableDefinition subject)
    {
        Service = subject as ServiceDefinition;
        Host = Service?.Host ?? (HostDefinition)subject;
    }

    /// <summary>Nothing is in scope.</summary>
    public void Leave()
    {
        Service = null;
        Host = null;
    }

    /// <summary>The state of a host.</summary>
    public CheckState State(HostDefinition host) =>
        Seen is { } seen && Service is null && ReferenceEquals(host, Host) ? seen : states[host.Id.Index];

    /// <summary>The state of a service.</summary>
    public CheckState State(ServiceDefinition service) =>
        Seen is { } seen && ReferenceEquals(service, Service) ? seen : states[objects.Hosts.Length + service.Id.Index];

    /// <summary>The host of this name.</summary>
    public HostDefinition? FindHost(ReadOnlySpan<char> name) => objects.FindHost(name);

    /// <summary>The service of this host name and description.</summary>
    public ServiceDefinition? FindService(ReadOnlySpan<char> host, ReadOnlySpan<char> description) =>
        NameSearch.Service(objects, host, description);

    /// <summary>The host group of this name.</summary>
    public HostGroupDefinition? FindHostGroup(ReadOnlySpan<char> name) =>
        NameSearch.Find(objects.HostGroups, name, static group => group.Name);

    /// <summary>The service group of this name.</summary>
    public ServiceGroupDefinition? FindServiceGroup(ReadOnlySpan<char> name) =>
        NameSearch.Find(objects.ServiceGroups, name, static group => group.Name);

    /// <summary>The contact of this name.</summary>
    public ContactDefinition? FindContact(ReadOnlySpan<char> name) =>
        NameSearch.Find(objects.Contacts, name, static contact => contact.Name);

    /// <summary>The contact group of this name.</summary>
    public ContactGroupDefinition? FindContactGroup(ReadOnlySpan<char> name) =>
        NameSearch.Find(objects.ContactGroups, name, static group => group.Name);

    /// <summary>The time period of this name.</summary>
    public TimePeriodDefinition? FindTimePeriod(ReadOnlySpan<char> name) =>
        NameSearch.Find(objects.TimePeriods, name, static period => period.Name);

    /// <summary>The groups of a host, in the order of names.</summary>
    public IEnumerable<HostGroupDefinition> GroupsOf(HostDefinition host) => _hostGroups.Value[host.Id];

    /// <summary>The groups of a service, in the order of names.</summary>
    public IEnumerable<ServiceGroupDefinition> GroupsOf(ServiceDefinition service) => _serviceGroups.Value[service.Id];

    /// <summary>The services of a host.</summary>
    public ReadOnlySpan<ServiceDefinition> ServicesOf(HostDefinition host)
    {
        var first = FirstServiceFrom(host.Id.Index);
        return objects.Services.AsSpan()[first..FirstServiceFrom(host.Id.Index + 1)];
    }

    private int FirstServiceFrom(int hostIndex)
    {
        var low = 0;
        var high = objects.Services.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = objects.Services[middle].Host.Id.Index < hostIndex ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
