using System.Collections.Immutable;

namespace Compeer.Api;

/// <summary>What contacts were told of a host or service, and why not, when they were not.</summary>
/// <param name="Number">How often the present problem was told of.</param>
/// <param name="Last">When the last notification about the present state was sent; null when none was.</param>
/// <param name="Next">Before when no further one about the problem is sent; null for no restriction.</param>
/// <param name="Reason">The name of what was decided last: <c>Sent</c>, <c>None</c> when there was nothing to tell, or why nobody was
/// told, such as <c>InDowntime</c>.</param>
/// <param name="Words">The same in a sentence.</param>
/// <param name="Since">Since when that is what is decided; null for never.</param>
/// <param name="LeftOut">Contacts that were left out of the last one, each with the name of its reason, as in
/// <c>ada: OutsidePeriod</c>.</param>
/// <param name="Pending">Notifications that are decided and not sent to everybody yet.</param>
public sealed record NotificationStatus(
    int Number,
    DateTimeOffset? Last,
    DateTimeOffset? Next,
    string Reason,
    string Words,
    DateTimeOffset? Since,
    ImmutableArray<string> LeftOut,
    int Pending);
