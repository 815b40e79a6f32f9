using Compeer.Cluster.Model;

namespace Compeer.Cluster.Replication;

/// <summary>
/// What is for whom. It is decided by what a value is about, at the sender. What is not sent is not claimed: a poller knows of what was
/// written above exactly what came, one by one (<see cref="Claims"/>), so what becomes its own later is new to it.
/// </summary>
/// <param name="store">The values.</param>
/// <param name="registers">What they are about.</param>
internal sealed class Scopes(ValueStore store, IRegisterSource registers)
{
    /// <summary>The part of the objects that a poller has, by their numbers; null when it has none.</summary>
    public Func<NodeId, bool[]?> PartOf { get; set; } = _ => null;

    /// <summary>Whether a value is for the other end of a link.</summary>
    public bool IsFor(ReplicationLink link, Update update) =>
        link.Side == LinkSide.Peer || (link.Side == LinkSide.Above ? IsForMaster(update) : IsForPoller(update, PartOf(link.Neighbour)));

    /// <summary>Whether the state of an object is for the other end of a link.</summary>
    public bool IsFor(ReplicationLink link, int slot) =>
        link.Side != LinkSide.Below || (PartOf(link.Neighbour) is { } part && slot < part.Length && part[slot]);

    /// <summary>
    /// What is said to the other end that this node has. A poller takes it for a claim that all of it which is there was sent; so it is
    /// told of its own writes only, all of which are for it.
    /// </summary>
    public static IReadOnlyList<OriginKnowledge> Claims(ReplicationLink link, IReadOnlyList<OriginKnowledge> known) =>
        link.Side == LinkSide.Below ? [.. known.Where(entry => entry.Origin == link.Neighbour)] : known;

    private bool IsForMaster(Update update) => SubjectOf(update).Scope != RegisterScope.Program;

    private bool IsForPoller(Update update, bool[]? part)
    {
        var subject = SubjectOf(update);
        return subject.Scope switch
        {
            RegisterScope.Program => true,
            RegisterScope.Object => part is not null && store.Objects.Find(subject.Object.Span) is >= 0 and var slot && part[slot],

            // A removed element may be one that it has. Of what it has not it is a word more.
            RegisterScope.Unknown => update.IsRemoval || RegisterKinds.Knows(update.Kind),
            _ => throw new ArgumentOutOfRangeException(nameof(update), subject.Scope, "no such scope"),
        };
    }

    private RegisterSubject SubjectOf(Update update) => update.Kind switch
    {
        RegisterKind.CheckState or RegisterKind.Notifications or RegisterKind.Deliveries =>
            new RegisterSubject(RegisterScope.Object, update.Key),
        _ when !RegisterKinds.Knows(update.Kind) => default,
        _ => registers.SubjectOf(KeyedTable.KeyOf(update), update.Payload),
    };
}
