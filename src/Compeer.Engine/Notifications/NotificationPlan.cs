using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;

namespace Compeer.Engine.Notifications;

/// <summary>Whom a notification goes to.</summary>
/// <param name="Contacts">The contacts, in the order in which they were found.</param>
/// <param name="LeftOut">Those that were left out.</param>
/// <param name="IsEscalated">Whether escalations chose them.</param>
internal readonly record struct NotificationPlan(
    ImmutableArray<ContactDefinition> Contacts, ImmutableArray<LeftOutContact> LeftOut, bool IsEscalated)
{
    /// <summary>Most contacts whose reasons are remembered.</summary>
    private const int MostLeftOut = 16;

    /// <summary>Chooses the contacts: those of the escalations that apply, else those of the object, each once (Naemon
    /// <c>create_notification_list_from_host</c>).</summary>
    /// <param name="subject">The host or service.</param>
    /// <param name="isBroadcast">Whether all of the object's and of its escalations' contacts are meant.</param>
    /// <param name="escalations">Its escalations.</param>
    /// <param name="rule">Which of them apply.</param>
    /// <param name="filter">Why a contact is not told; null when it is.</param>
    public static NotificationPlan Of(
        CheckableDefinition subject,
        bool isBroadcast,
        ImmutableArray<EscalationSettings> escalations,
        EscalationRule rule,
        Func<ContactDefinition, NotificationReason?> filter)
    {
        var chosen = new Chosen(filter);
        var isEscalated = false;
        foreach (var escalation in escalations)
        {
            var applies = rule.Applies(escalation);
            isEscalated |= applies;
            if (applies || isBroadcast)
            {
                chosen.Add(escalation.Contacts, escalation.ContactGroups);
            }
        }

        if (!isEscalated || isBroadcast)
        {
            chosen.Add(subject.Contacts, subject.ContactGroups);
        }

        return new NotificationPlan(chosen.Told.ToImmutable(), chosen.LeftOut.ToImmutable(), isEscalated);
    }

    /// <summary>Contacts as they are met.</summary>
    private readonly struct Chosen(Func<ContactDefinition, NotificationReason?> filter)
    {
        private readonly HashSet<ContactDefinition> _met = [];

        public ImmutableArray<ContactDefinition>.Builder Told { get; } = ImmutableArray.CreateBuilder<ContactDefinition>();

        public ImmutableArray<LeftOutContact>.Builder LeftOut { get; } = ImmutableArray.CreateBuilder<LeftOutContact>();

        /// <summary>Adds contacts and those of groups, each the first time that it is met.</summary>
        public void Add(ImmutableArray<ContactDefinition> contacts, ImmutableArray<ContactGroupDefinition> groups)
        {
            foreach (var contact in contacts)
            {
                Add(contact);
            }

            foreach (var group in groups)
            {
                foreach (var contact in group.Members)
                {
                    Add(contact);
                }
            }
        }

        private void Add(ContactDefinition contact)
        {
            if (!_met.Add(contact))
            {
                return;
            }

            if (filter(contact) is not { } reason)
            {
                Told.Add(contact);
            }
            else if (LeftOut.Count < MostLeftOut)
            {
                LeftOut.Add(new LeftOutContact(contact.Name, reason));
            }
        }
    }
}
