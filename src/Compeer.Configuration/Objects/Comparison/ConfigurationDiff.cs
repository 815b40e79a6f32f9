using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Configuration.Objects.Comparison;

/// <summary>
/// What a reload changes: the new configuration against the running one, type by type, so that unchanged objects can keep
/// their state and their schedule. An object is the same when its name is; a service is known by host and description.
/// It is changed when anything that the engine could act on is different, also in what it refers to by its settings:
/// a command line, a time period's hours. Where it stands in the files does not count, nor do positions in the arrays.
/// </summary>
public sealed record ConfigurationDiff
{
    /// <summary>Hosts.</summary>
    public required ObjectDiff<HostDefinition> Hosts { get; init; }

    /// <summary>Services. Those of a host that is only changed itself are not changed for that.</summary>
    public required ObjectDiff<ServiceDefinition> Services { get; init; }

    /// <summary>Commands.</summary>
    public required ObjectDiff<CommandDefinition> Commands { get; init; }

    /// <summary>Contacts.</summary>
    public required ObjectDiff<ContactDefinition> Contacts { get; init; }

    /// <summary>Contact groups; one is changed when its members are others, not when a member itself is changed.</summary>
    public required ObjectDiff<ContactGroupDefinition> ContactGroups { get; init; }

    /// <summary>Host groups; as contact groups.</summary>
    public required ObjectDiff<HostGroupDefinition> HostGroups { get; init; }

    /// <summary>Service groups; as contact groups.</summary>
    public required ObjectDiff<ServiceGroupDefinition> ServiceGroups { get; init; }

    /// <summary>Time periods.</summary>
    public required ObjectDiff<TimePeriodDefinition> TimePeriods { get; init; }

    /// <summary>Types whose objects have no name, dependencies and escalations, when any of them is different.</summary>
    public required ImmutableArray<ObjectType> ChangedRelations { get; init; }

    /// <summary>Whether nothing is different.</summary>
    public bool IsEmpty =>
        Hosts.IsEmpty && Services.IsEmpty && Commands.IsEmpty && Contacts.IsEmpty && ContactGroups.IsEmpty
        && HostGroups.IsEmpty && ServiceGroups.IsEmpty && TimePeriods.IsEmpty && ChangedRelations.IsEmpty;

    /// <summary>Compares two configurations.</summary>
    /// <param name="before">The one that runs.</param>
    /// <param name="after">The one to come.</param>
    public static ConfigurationDiff Between(ObjectConfiguration before, ObjectConfiguration after)
    {
        var equality = new DefinitionEquality();
        return new ConfigurationDiff
        {
            Hosts = Compare(before.Hosts, after.Hosts, h => h.Name, equality.Same),
            Services = ObjectDiff.Of(before.Services, after.Services, CompareServices, equality.Same),
            Commands = Compare(before.Commands, after.Commands, c => c.Name, DefinitionEquality.Same),
            Contacts = Compare(before.Contacts, after.Contacts, c => c.Name, equality.Same),
            ContactGroups = Compare(before.ContactGroups, after.ContactGroups, g => g.Name, DefinitionEquality.Same),
            HostGroups = Compare(before.HostGroups, after.HostGroups, g => g.Name, DefinitionEquality.Same),
            ServiceGroups = Compare(before.ServiceGroups, after.ServiceGroups, g => g.Name, DefinitionEquality.Same),
            TimePeriods = Compare(before.TimePeriods, after.TimePeriods, p => p.Name, equality.Same),
            ChangedRelations = ChangedTypes(before, after, equality),
        };
    }

    private static ObjectDiff<T> Compare<T>(
        ImmutableArray<T> before, ImmutableArray<T> after, Func<T, string> name, Func<T, T, bool> same) =>
        ObjectDiff.Of(before, after, (a, b) => string.CompareOrdinal(name(a), name(b)), same);

    private static int CompareServices(ServiceDefinition a, ServiceDefinition b)
    {
        var byHost = string.CompareOrdinal(a.Host.Name, b.Host.Name);
        return byHost != 0 ? byHost : string.CompareOrdinal(a.Description, b.Description);
    }

    private static ImmutableArray<ObjectType> ChangedTypes(
        ObjectConfiguration before, ObjectConfiguration after, DefinitionEquality equality)
    {
        var changed = new List<ObjectType>();
        Compare(before.HostDependencies, after.HostDependencies, equality.Same, ObjectType.HostDependency, changed);
        Compare(before.ServiceDependencies, after.ServiceDependencies, equality.Same, ObjectType.ServiceDependency, changed);
        Compare(before.HostEscalations, after.HostEscalations, equality.Same, ObjectType.HostEscalation, changed);
        Compare(before.ServiceEscalations, after.ServiceEscalations, equality.Same, ObjectType.ServiceEscalation, changed);
        return [.. changed];
    }

    private static void Compare<T>(
        ImmutableArray<T> before, ImmutableArray<T> after, Func<T, T, bool> same, ObjectType type, List<ObjectType> changed)
    {
        var equal = before.Length == after.Length;
        for (var i = 0; equal && i < before.Length; i++)
        {
            equal = same(before[i], after[i]);
        }

        if (!equal)
        {
            changed.Add(type);
        }
    }
}
