using System.Collections.Immutable;
using Compeer.Cluster.Division;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Handover;

/// <summary>
/// Who sends what is to be told about objects (Merlin: <c>notifies</c>). Who checks an object does, unless it leaves that to its masters
/// and one of them acts. Then those nodes of its group do that do not leave it to them, and if there are none its masters, divided
/// as if its group were lost: should it be lost, what they are sending is theirs already. What masters send for a poller they send for
/// all that is below it.
/// </summary>
internal static class Senders
{
    /// <summary>Per object the index of who sends among <see cref="ClusterView.Owning"/>.</summary>
    public static ImmutableArray<short> Of(ClusterView view, ObjectSets sets)
    {
        var owners = sets.Owners(view);
        if (!view.IsSpokenFor && view.Silent.IsEmpty && !view.Below.Any(below => IsLeftToMasters(below) || !below.Silent.IsEmpty))
        {
            // The usual case.
            return owners;
        }

        var senders = new short[owners.Length];
        Array.Fill(senders, LoadDivision.NoOwner);
        if (view.IsSpokenFor)
        {
            // Who of those above sends is for them to say.
            return [.. senders];
        }

        var speaking = Without(view.Members, view.Silent);
        var offset = view.Members.Length;
        Put(senders, owners, view, sets.OwnSet, speaking, below: null, offset);
        for (var place = 0; place < view.Below.Length; place++)
        {
            Put(senders, owners, view, sets.SetOf(place), speaking, view.Below[place], offset);
            offset += view.Below[place].Members.Length;
        }

        return [.. senders];
    }

    /// <summary>Of a group that is lost, and whose objects nobody checks then, masters send what it had no time to.</summary>
    private static bool IsLeftToMasters(GroupView below) =>
        below.IsUp ? below.Silent.Length == below.Members.Length : !below.Group.Takeover;

    private static void Put(
        short[] senders,
        ImmutableArray<short> owners,
        ClusterView view,
        ObjectSet set,
        ImmutableArray<NodeId> speaking,
        GroupView? below,
        int offset)
    {
        var own = Numbers(set.Divisions.Owners(view.Configured, speaking), speaking, view.Members, offset: 0);
        var isLeft = below is not null && IsLeftToMasters(below);
        var others = below is null || isLeft || below.Silent.IsEmpty ? [] : Without(below.Members, below.Silent);
        var theirs = others.IsEmpty ? (short[])[]
            : Numbers(set.Divisions.Owners(below!.Configured, others), others, below.Members, offset);
        for (var i = 0; i < set.Objects.Length; i++)
        {
            var owner = owners[set.Objects[i]];
            var isSilent = owner >= 0 && owner < view.Members.Length
                ? view.Silent.BinarySearch(view.Owning[owner]) >= 0
                : owner >= 0 && below!.Silent.BinarySearch(view.Owning[owner]) >= 0;
            senders[set.Objects[i]] = isLeft ? own[i]
                : !isSilent ? owner
                : owner < view.Members.Length ? own[i]
                : theirs[i];
        }
    }

    /// <summary>Numbers among some of a group's members as numbers of <see cref="ClusterView.Owning"/>.</summary>
    private static short[] Numbers(
        ImmutableArray<short> divided, ImmutableArray<NodeId> some, ImmutableArray<NodeId> members, int offset)
    {
        short[] numbers = [.. some.Select(node => (short)(offset + members.BinarySearch(node)))];
        return [.. divided.Select(owner => owner == LoadDivision.NoOwner ? LoadDivision.NoOwner : numbers[owner])];
    }

    private static ImmutableArray<NodeId> Without(ImmutableArray<NodeId> members, ImmutableArray<NodeId> silent) =>
        [.. members.Where(member => silent.BinarySearch(member) < 0)];
}
