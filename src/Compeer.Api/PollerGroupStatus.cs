using System.Collections.Immutable;

namespace Compeer.Api;

/// <summary>Pollers with the same host groups, as the answering node, one of their masters, sees them.</summary>
/// <param name="Name">The host groups, sorted, with commas between them.</param>
/// <param name="Nodes">The names of the pollers.</param>
/// <param name="Active">Those that share its checks now.</param>
/// <param name="Takeover">Whether the masters check its objects when all of them are lost.</param>
/// <param name="Hosts">The hosts that are its own.</param>
/// <param name="Services">Their services.</param>
/// <param name="Lacking">How many of these objects the pollers that act do not have.</param>
/// <param name="Stale">How many of these objects nobody checks.</param>
public sealed record PollerGroupStatus(
    string Name,
    ImmutableArray<string> Nodes,
    ImmutableArray<string> Active,
    bool Takeover,
    int Hosts,
    int Services,
    int Lacking,
    int Stale);
