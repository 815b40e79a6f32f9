using System.Collections.Immutable;
using Compeer.Cluster.Model;

namespace Compeer.Simulation.Nodes;

/// <summary>What the database of a node has: a write is there whole or not at all, as SQLite promises it.</summary>
internal sealed record SimulatedDatabase(
    ImmutableDictionary<RegisterKey, Update> Values, ImmutableDictionary<NodeId, OriginKnowledge> Knowledge)
{
    public static SimulatedDatabase Empty { get; } = new(
        ImmutableDictionary<RegisterKey, Update>.Empty, ImmutableDictionary<NodeId, OriginKnowledge>.Empty);

    public SimulatedDatabase With(UnstoredValues written) => new(
        Values.RemoveRange(written.Gone).SetItems(written.Values.Select(
            update => KeyValuePair.Create(new RegisterKey(update.Kind, update.Key, update.Setting), update))),
        Knowledge.SetItems(written.Knowledge.Select(entry => KeyValuePair.Create(entry.Origin, entry))));

    /// <summary>What a start finds, in an order that does not depend on hash codes.</summary>
    public StoredValues Read() => new(
        [.. Values.Values.OrderBy(update => update.Origin).ThenBy(update => update.Sequence)],
        [.. Knowledge.Values.OrderBy(entry => entry.Origin)]);
}
