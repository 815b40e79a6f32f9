using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Configuration.Objects.Splitting;

/// <summary>
/// Commands, contacts, contact groups and time periods that objects name, and that those name in turn. Settings that many objects share
/// are looked at once.
/// </summary>
internal sealed class NeededObjects
{
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether this object is one of them.</summary>
    public bool Has(object definition) => _seen.Contains(definition);

    /// <summary>These are needed.</summary>
    public void Add(IEnumerable<CommandDefinition> commands)
    {
        foreach (var command in commands)
        {
            _seen.Add(command);
        }
    }

    /// <summary>What hosts, services, dependencies and escalations name is needed.</summary>
    public void AddFrom(ObjectConfiguration objects)
    {
        foreach (var host in objects.Hosts)
        {
            Add(host);
        }

        foreach (var service in objects.Services)
        {
            Add(service);
        }

        foreach (var period in objects.HostDependencies.Select(link => link.Period)
            .Concat(objects.ServiceDependencies.Select(link => link.Period)))
        {
            Add(period);
        }

        foreach (var settings in objects.HostEscalations.Select(escalation => escalation.Settings)
            .Concat(objects.ServiceEscalations.Select(escalation => escalation.Settings))
            .Where(_seen.Add))
        {
            Add(settings.Period);
            Add(settings.Contacts, settings.ContactGroups);
        }
    }

    private void Add(CheckableDefinition checkable)
    {
        Add(checkable.CheckCommand);
        if (_seen.Add(checkable.Processing))
        {
            Add(checkable.Processing.EventHandler);
        }

        if (_seen.Add(checkable.Checking))
        {
            Add(checkable.Checking.CheckPeriod);
        }

        if (_seen.Add(checkable.Notifying))
        {
            Add(checkable.Notifying.Period);
        }

        Add(checkable.Contacts, checkable.ContactGroups);
    }

    private void Add(ImmutableArray<ContactDefinition> contacts, ImmutableArray<ContactGroupDefinition> groups)
    {
        foreach (var contact in contacts)
        {
            Add(contact);
        }

        foreach (var group in groups)
        {
            if (_seen.Add(group))
            {
                Add(group.Members, []);
            }
        }
    }

    private void Add(ContactDefinition contact)
    {
        if (_seen.Add(contact))
        {
            Add(contact.HostNotifications);
            Add(contact.ServiceNotifications);
        }
    }

    private void Add(ContactNotificationSettings settings)
    {
        Add(settings.Period);
        foreach (var call in settings.Commands)
        {
            Add(call);
        }
    }

    private void Add(CommandCall? call)
    {
        if (call is not null)
        {
            _seen.Add(call.Command);
        }
    }

    private void Add(TimePeriodDefinition? period)
    {
        if (period is not null && _seen.Add(period))
        {
            foreach (var excluded in period.Exclusions)
            {
                Add(excluded);
            }
        }
    }
}
