using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Livestatus.Scope;

/// <summary>
/// What one contact may see (<c>AuthUser</c>), by Naemon's <c>is_authorized_for</c>: contacts named directly, through contact groups,
/// or by an escalation. A contact that is not configured sees nothing: not every site of several has every user.
/// </summary>
internal sealed class Authorization
{
    private readonly ContactDefinition? _contact;
    private readonly ConfigurationIndex _index;
    private readonly AuthorizationMode _services;
    private readonly AuthorizationMode _groups;
    private readonly Dictionary<ContactGroupDefinition, bool> _memberOf = new(ReferenceEqualityComparer.Instance);
    private readonly sbyte[] _hosts;

    public Authorization(ConfigurationIndex index, string contact, AuthorizationMode services, AuthorizationMode groups)
    {
        _index = index;
        _contact = index.FindContact(contact);
        _services = services;
        _groups = groups;
        _hosts = new sbyte[index.Objects.Hosts.Length];
    }

    /// <summary>Whether the contact may see a host.</summary>
    public bool Sees(HostDefinition host)
    {
        ref var known = ref _hosts[host.Id.Index];
        if (known == 0)
        {
            known = IsFor(host, _index.EscalationsOf(host)) ? (sbyte)1 : (sbyte)-1;
        }

        return known > 0;
    }

    /// <summary>Whether the contact may see a service.</summary>
    public bool Sees(ServiceDefinition service) =>
        (_services == AuthorizationMode.Loose && Sees(service.Host)) || IsFor(service, _index.EscalationsOf(service));

    /// <summary>Whether the contact may see a host group; nobody sees an empty one.</summary>
    public bool Sees(HostGroupDefinition group) => !group.Members.IsEmpty
        && (_groups == AuthorizationMode.Loose ? group.Members.Any(Sees) : group.Members.All(Sees));

    /// <summary>Whether the contact may see a service group; nobody sees an empty one.</summary>
    public bool Sees(ServiceGroupDefinition group) => !group.Members.IsEmpty
        && (_groups == AuthorizationMode.Loose ? group.Members.Any(Sees) : group.Members.All(Sees));

    private bool IsFor(CheckableDefinition subject, ImmutableArray<EscalationSettings> escalations) =>
        _contact is not null
        && (IsAmong(subject.Contacts, subject.ContactGroups)
            || (!escalations.IsEmpty && escalations.Any(escalation => IsAmong(escalation.Contacts, escalation.ContactGroups))));

    private bool IsAmong(ImmutableArray<ContactDefinition> contacts, ImmutableArray<ContactGroupDefinition> groups)
    {
        foreach (var contact in contacts)
        {
            if (ReferenceEquals(contact, _contact))
            {
                return true;
            }
        }

        foreach (var group in groups)
        {
            if (IsMember(group))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsMember(ContactGroupDefinition group)
    {
        if (!_memberOf.TryGetValue(group, out var isMember))
        {
            isMember = group.Members.Any(member => ReferenceEquals(member, _contact));
            _memberOf.Add(group, isMember);
        }

        return isMember;
    }
}
