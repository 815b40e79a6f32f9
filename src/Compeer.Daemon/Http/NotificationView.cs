using Compeer.Api;
using Compeer.Configuration.Text;
using Compeer.Engine.Model;

namespace Compeer.Daemon.Http;

/// <summary>What was told of an object, for people.</summary>
internal static class NotificationView
{
    /// <summary>Of an object in this state. While its problem is soft that is why nobody is told, whatever was decided before.</summary>
    public static NotificationStatus Of(CheckState state, NotificationState told)
    {
        var isSoft = state is { IsSoft: true, State: not 0 };
        var reason = isSoft ? NotificationReason.SoftState : told.Reason;
        return new NotificationStatus(
            told.Number,
            TimeOf(told.LastTicks),
            TimeOf(told.NextTicks),
            reason.ToString(),
            NotificationWords.Of(reason),
            TimeOf(isSoft ? state.LastStateChangeTicks : told.ReasonTicks),
            [.. told.LeftOut.Select(contact => $"{ConfigurationText.Readable(contact.Contact)}: {contact.Reason}")],
            told.Pending.Length);
    }

    private static DateTimeOffset? TimeOf(long ticks) => ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}
