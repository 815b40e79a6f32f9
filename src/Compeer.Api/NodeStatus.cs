using System.Collections.Immutable;

namespace Compeer.Api;

/// <summary>One node of the cluster as the answering node sees it.</summary>
/// <param name="Id">Number of the node here: 0 is the answering node, the others count from 1 in the order of
/// merlin.conf.</param>
/// <param name="Name">Its name in merlin.conf.</param>
/// <param name="Type"><c>peer</c>, <c>poller</c> or <c>master</c>; <c>local</c> for the answering node itself, as in
/// Merlin.</param>
/// <param name="State">One of <see cref="NodeStateName"/>.</param>
/// <param name="IsSelf">Whether this is the answering node.</param>
/// <param name="PeerId">Place among the active members of its group, from 0; all members agree on it. -1 when it is no
/// member.</param>
/// <param name="ActivePeers">Active peers of the node, itself not counted, as Merlin shows it.</param>
/// <param name="ConfiguredPeers">Configured peers of the node, itself not counted.</param>
/// <param name="LatencySeconds">Last measured time of a message there and back, halved, in seconds; null when none was
/// measured.</param>
/// <param name="Encrypted">Whether the link is encrypted and both ends are authenticated; true for the answering node.</param>
/// <param name="StartedAt">When its process started; null when it never said.</param>
/// <param name="ConnectedSince">Since when the link has been up; null when it is down.</param>
/// <param name="LastAlive">When anything was last heard from it; null when never.</param>
/// <param name="Reason">Why it is in this state, for people; null when there is nothing to explain.</param>
/// <param name="NodeKeyId">Identity made from its public key, 32 hexadecimal digits; empty when not known.</param>
/// <param name="Version">Version of its program; empty when not known.</param>
/// <param name="ConfigurationHash">Hash of the configuration it runs; empty when not known.</param>
/// <param name="ConfigurationNumber">Number of that configuration; 0 when not known.</param>
/// <param name="Refused">The configuration of others that it does not take up, and why; null when there is none.</param>
/// <param name="Unchecked">What its configuration has and nobody checks; nothing while it is out of reach.</param>
/// <param name="Hosts">Its part of the host checks.</param>
/// <param name="Services">Its part of the service checks.</param>
public sealed record NodeStatus(
    int Id,
    string Name,
    string Type,
    string State,
    bool IsSelf,
    int PeerId,
    int ActivePeers,
    int ConfiguredPeers,
    double? LatencySeconds,
    bool Encrypted,
    DateTimeOffset? StartedAt,
    DateTimeOffset? ConnectedSince,
    DateTimeOffset? LastAlive,
    string? Reason,
    string NodeKeyId,
    string Version,
    string ConfigurationHash,
    long ConfigurationNumber,
    RefusedVersion? Refused,
    UncheckedObjects Unchecked,
    CheckShare Hosts,
    CheckShare Services)
{
    /// <summary>The files and folders that are kept the same there, or as they are there.</summary>
    public ImmutableArray<SynchronisedPath> Synchronised { get; init; } = [];
}
