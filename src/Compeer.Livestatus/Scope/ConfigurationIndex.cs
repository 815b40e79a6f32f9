using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;

namespace Compeer.Livestatus.Scope;

/// <summary>What queries look up in a configuration, each part made when it is first asked for. Immutable to its readers, of which
/// there may be any number on any thread.</summary>
internal sealed class ConfigurationIndex
{
    private readonly Lazy<int[]> _firstService;
    private readonly Lazy<ImmutableArray<HostDefinition>[]> _children;
    private readonly Lazy<ILookup<HostDefinition, HostGroupDefinition>> _hostGroups;
    private readonly Lazy<ILookup<ServiceDefinition, ServiceGroupDefinition>> _serviceGroups;
    private readonly Lazy<ILookup<ContactDefinition, ContactGroupDefinition>> _contactGroups;
    private readonly Lazy<ILookup<HostDefinition, HostDependencyDefinition>> _hostDependencies;
    private readonly Lazy<ILookup<ServiceDefinition, ServiceDependencyDefinition>> _serviceDependencies;
    private readonly Lazy<Dictionary<HostDefinition, ImmutableArray<EscalationSettings>>> _hostEscalations;
    private readonly Lazy<Dictionary<ServiceDefinition, ImmutableArray<EscalationSettings>>> _serviceEscalations;

    public ConfigurationIndex(EngineConfiguration configuration)
    {
        Configuration = configuration;
        var objects = configuration.Objects;
        _firstService = new(() => FirstServices(objects));
        _children = new(() => ChildrenIn(objects));
        _hostGroups = new(() => objects.HostGroups
            .SelectMany(group => group.Members, (group, member) => (group, member)).ToLookup(pair => pair.member, pair => pair.group));
        _serviceGroups = new(() => objects.ServiceGroups
            .SelectMany(group => group.Members, (group, member) => (group, member)).ToLookup(pair => pair.member, pair => pair.group));
        _contactGroups = new(() => objects.ContactGroups
            .SelectMany(group => group.Members, (group, member) => (group, member)).ToLookup(pair => pair.member, pair => pair.group));
        _hostDependencies = new(() => objects.HostDependencies.ToLookup(dependency => dependency.Dependent));
        _serviceDependencies = new(() => objects.ServiceDependencies.ToLookup(dependency => dependency.Dependent));
        _hostEscalations = new(() => objects.HostEscalations
            .GroupBy(escalation => escalation.Host)
            .ToDictionary(group => group.Key, group => group.Select(escalation => escalation.Settings).ToImmutableArray()));
        _serviceEscalations = new(() => objects.ServiceEscalations
            .GroupBy(escalation => escalation.Service)
            .ToDictionary(group => group.Key, group => group.Select(escalation => escalation.Settings).ToImmutableArray()));
    }

    /// <summary>The configuration.</summary>
    public EngineConfiguration Configuration { get; }

    /// <summary>Its objects.</summary>
    public ObjectConfiguration Objects => Configuration.Objects;

    /// <summary>The services of a host.</summary>
    public ReadOnlySpan<ServiceDefinition> ServicesOf(HostDefinition host)
    {
        var first = _firstService.Value;
        return Objects.Services.AsSpan()[first[host.Id.Index]..first[host.Id.Index + 1]];
    }

    /// <summary>The hosts that have this one as a parent.</summary>
    public ImmutableArray<HostDefinition> ChildrenOf(HostDefinition host) => _children.Value[host.Id.Index];

    /// <summary>The groups of a host, in the order of names.</summary>
    public IEnumerable<HostGroupDefinition> GroupsOf(HostDefinition host) => _hostGroups.Value[host];

    /// <summary>The groups of a service, in the order of names.</summary>
    public IEnumerable<ServiceGroupDefinition> GroupsOf(ServiceDefinition service) =>
        Objects.ServiceGroups.IsEmpty ? [] : _serviceGroups.Value[service];

    /// <summary>The groups of a contact, in the order of names.</summary>
    public IEnumerable<ContactGroupDefinition> GroupsOf(ContactDefinition contact) => _contactGroups.Value[contact];

    /// <summary>What a host depends on in this way.</summary>
    public IEnumerable<HostDependencyDefinition> DependenciesOf(HostDefinition host, DependencyKind kind) =>
        Objects.HostDependencies.IsEmpty ? [] : _hostDependencies.Value[host].Where(dependency => dependency.Kind == kind);

    /// <summary>What a service depends on in this way.</summary>
    public IEnumerable<ServiceDependencyDefinition> DependenciesOf(ServiceDefinition service, DependencyKind kind) =>
        Objects.ServiceDependencies.IsEmpty ? [] : _serviceDependencies.Value[service].Where(dependency => dependency.Kind == kind);

    /// <summary>The escalations of a host.</summary>
    public ImmutableArray<EscalationSettings> EscalationsOf(HostDefinition host) =>
        _hostEscalations.Value.TryGetValue(host, out var escalations) ? escalations : [];

    /// <summary>The escalations of a service.</summary>
    public ImmutableArray<EscalationSettings> EscalationsOf(ServiceDefinition service) =>
        _serviceEscalations.Value.TryGetValue(service, out var escalations) ? escalations : [];

    /// <summary>The service of this host name and description; null when there is none.</summary>
    public ServiceDefinition? FindService(string host, string description)
    {
        if (Objects.FindHost(host) is { } found)
        {
            foreach (var service in ServicesOf(found))
            {
                if (service.Description == description)
                {
                    return service;
                }
            }
        }

        return null;
    }

    /// <summary>The contact of this name; null when there is none.</summary>
    public ContactDefinition? FindContact(string name) => Find(Objects.Contacts, name, static contact => contact.Name);

    /// <summary>The definition of this name among those in the order of names; null when there is none.</summary>
    public static T? Find<T>(ImmutableArray<T> sorted, string name, Func<T, string> nameOf)
        where T : class
    {
        var low = 0;
        var high = sorted.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(name, nameOf(sorted[middle]));
            if (order == 0)
            {
                return sorted[middle];
            }

            (low, high) = order < 0 ? (low, middle - 1) : (middle + 1, high);
        }

        return null;
    }

    private static int[] FirstServices(ObjectConfiguration objects)
    {
        // Services stand in the order of their hosts.
        var first = new int[objects.Hosts.Length + 1];
        foreach (var service in objects.Services)
        {
            first[service.Host.Id.Index + 1]++;
        }

        for (var host = 1; host < first.Length; host++)
        {
            first[host] += first[host - 1];
        }

        return first;
    }

    private static ImmutableArray<HostDefinition>[] ChildrenIn(ObjectConfiguration objects)
    {
        var children = new List<HostDefinition>?[objects.Hosts.Length];
        foreach (var host in objects.Hosts)
        {
            foreach (var parent in host.Parents)
            {
                (children[parent.Id.Index] ??= []).Add(host);
            }
        }

        return [.. children.Select(list => list is null ? ImmutableArray<HostDefinition>.Empty : [.. list])];
    }
}
