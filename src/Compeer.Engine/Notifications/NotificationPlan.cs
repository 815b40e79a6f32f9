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
        var isEscalated = escalations.Any(rule.Applies);
        var candidates = escalations
            .Where(escalation => isBroadcast || rule.Applies(escalation))
            .SelectMany(escalation => All(escalation.Contacts, escalation.ContactGroups));
        if (!isEscalated || isBroadcast)
        {
            candidates = candidates.Concat(All(subject.Contacts, subject.ContactGroups));
        }

        var told = ImmutableArray.CreateBuilder<ContactDefinition>();
        var leftOut = ImmutableArray.CreateBuilder<LeftOutContact>();
        foreach (var contact in candidates.Distinct())
        {
            if (filter(contact) is not { } reason)
            {
                told.Add(contact);
            }
            else if (leftOut.Count < MostLeftOut)
            {
                leftOut.Add(new LeftOutContact(contact.Name, reason));
            }
        }

        return new NotificationPlan(told.ToImmutable(), leftOut.ToImmutable(), isEscalated);
    }

    private static IEnumerable<ContactDefinition> All(
        ImmutableArray<ContactDefinition> contacts, ImmutableArray<ContactGroupDefinition> groups) =>
        contacts.Concat(groups.SelectMany(group => group.Members));
}
