using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Downtimes;

namespace Compeer.Engine.Commands;

/// <summary>Which downtimes a command cancels; what is null does not count.</summary>
/// <param name="Host">Those of this host and of its services.</param>
/// <param name="Service">Those of services of this description.</param>
/// <param name="StartTicks">Those that start then.</param>
/// <param name="Comment">Those with this text.</param>
/// <param name="Group">Those of the hosts of this group and of their services.</param>
internal readonly record struct DowntimeFilter(
    string? Host, string? Service, long? StartTicks, string? Comment, HostGroupDefinition? Group)
{
    /// <summary>Whether it would take all there are, which Naemon refuses.</summary>
    public bool IsEmpty => this == default;

    /// <summary>Whether a downtime is meant.</summary>
    public bool Matches(Downtime downtime) =>
        (Host is null || downtime.Object.Host == Host)
        && (Service is null || downtime.Object.Service == Service)
        && (StartTicks is null || downtime.StartTicks == StartTicks)
        && (Comment is null || downtime.Text == Comment)
        && (Group is null || Group.Members.Any(host => host.Name == downtime.Object.Host));
}
