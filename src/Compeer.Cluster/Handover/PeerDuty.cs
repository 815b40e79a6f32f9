using System.Collections.Immutable;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Handover;

/// <summary>A kind of work that nodes divide: to check objects, or to send what is to be told about them.</summary>
/// <param name="Number">Its place among the kinds.</param>
/// <param name="SetsOf">Which objects are which group's.</param>
/// <param name="Owners">Per object the index of who does it among <see cref="ClusterView.Owning"/>.</param>
/// <param name="Running">What a node gave up while it was in flight there, by the hashes of the objects' keys.</param>
/// <param name="Writers">Whose clock the times in an object's state are by.</param>
/// <param name="Gain">This node does it from now on; how far the clock of who did it last is ahead.</param>
/// <param name="Lose">This node does it no more: the objects, the number of the handover, and whether results in flight do not
/// count.</param>
internal sealed record PeerDuty(
    int Number,
    Func<GroupObjects, ObjectSets> SetsOf,
    Func<ClusterView, ImmutableArray<short>> Owners,
    Func<NodeReport, ImmutableArray<ulong>> Running,
    Func<int, TimeSpan> Writers,
    Func<ImmutableArray<int>, TimeSpan, ClusterEffect> Gain,
    Func<ImmutableArray<int>, long, bool, ClusterEffect> Lose);
