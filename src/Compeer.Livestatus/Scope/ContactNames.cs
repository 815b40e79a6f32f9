using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Livestatus.Scope;

/// <summary>
/// The names of the contacts of hosts and services, named directly or by a group, each once and in order. Objects of one template share
/// their lists: those of the last one are kept. One thread at a time.
/// </summary>
internal sealed class ContactNames
{
    private ImmutableArray<ContactDefinition> _contacts = [];
    private ImmutableArray<ContactGroupDefinition> _groups = [];
    private string[] _names = [];

    /// <summary>Those of a host or service.</summary>
    public string[] Of(CheckableDefinition item)
    {
        if (item.Contacts != _contacts || item.ContactGroups != _groups)
        {
            _contacts = item.Contacts;
            _groups = item.ContactGroups;
            _names = [.. _contacts
                .Concat(_groups.SelectMany(group => group.Members))
                .Select(contact => contact.Name)
                .Distinct()
                .Order(StringComparer.Ordinal)];
        }

        return _names;
    }
}
