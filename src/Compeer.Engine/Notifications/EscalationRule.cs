using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.TimePeriods;

namespace Compeer.Engine.Notifications;

/// <summary>Which escalations apply to a notification, and how long until the next: pure; rules of Naemon's
/// <c>is_valid_escalation_for_host_notification</c> and <c>get_next_host_notification_time</c>.</summary>
/// <param name="isHost">Whether the object is a host.</param>
/// <param name="state">Its state.</param>
/// <param name="number">The number of the notification; the end of a problem goes to those of the last one before it.</param>
/// <param name="wall">Now.</param>
/// <param name="periods">The zone of <c>escalation_period</c>.</param>
internal readonly struct EscalationRule(bool isHost, byte state, int number, DateTimeOffset wall, TimePeriodClock periods)
{
    private readonly int _number = state == 0 ? number - 1 : number;

    /// <summary>Whether an escalation applies.</summary>
    public bool Applies(EscalationSettings escalation) =>
        escalation.FirstNotification <= _number
        && (escalation.LastNotification == 0 || escalation.LastNotification >= _number)
        && escalation.Options.HasFlag(StateOption.Of(isHost, state))
        && periods.Contains(escalation.Period, wall);

    /// <summary>The time to the next notification: the shortest of those of the escalations that apply, else the object's.</summary>
    public TimeSpan Interval(ImmutableArray<EscalationSettings> escalations, TimeSpan own)
    {
        TimeSpan? shortest = null;
        foreach (var escalation in escalations)
        {
            if (escalation.NotificationInterval >= TimeSpan.Zero && Applies(escalation)
                && !(shortest <= escalation.NotificationInterval))
            {
                shortest = escalation.NotificationInterval;
            }
        }

        return shortest ?? own;
    }

    /// <summary>The escalations of an object, in the order of the files.</summary>
    public static ImmutableArray<EscalationSettings> Of(ObjectConfiguration objects, CheckableDefinition subject) =>
        subject is ServiceDefinition service
            ? Slice(objects.ServiceEscalations, service.Id.Index, static found => found.Service.Id.Index, static found => found.Settings)
            : Slice(
                objects.HostEscalations,
                ((HostDefinition)subject).Id.Index,
                static found => found.Host.Id.Index,
                static found => found.Settings);

    private static ImmutableArray<EscalationSettings> Slice<T>(
        ImmutableArray<T> all, int index, Func<T, int> indexOf, Func<T, EscalationSettings> settingsOf)
    {
        var low = 0;
        var high = all.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = indexOf(all[middle]) < index ? (middle + 1, high) : (low, middle);
        }

        var end = low;
        while (end < all.Length && indexOf(all[end]) == index)
        {
            end++;
        }

        if (low == end)
        {
            return [];
        }

        var settings = ImmutableArray.CreateBuilder<EscalationSettings>(end - low);
        foreach (var found in all.AsSpan()[low..end])
        {
            settings.Add(settingsOf(found));
        }

        return settings.MoveToImmutable();
    }
}
