namespace Compeer.Cluster.Model;

/// <summary>What an earlier run of this node left in its database: what it had, and what it knew of the writes of all nodes then.</summary>
/// <param name="Values">One for each register; the states of objects among them.</param>
/// <param name="Knowledge">What the node had of each origin's writes. It claims nothing that is not among the values, or was replaced
/// by one of them.</param>
public sealed record StoredValues(IReadOnlyList<Update> Values, IReadOnlyList<OriginKnowledge> Knowledge)
{
    /// <summary>What a database has that is new.</summary>
    public static StoredValues Empty { get; } = new([], []);

    /// <summary>Values that are there and are not to be used: they are taken out of the database.</summary>
    public IReadOnlyList<Update> Refused { get; init; } = [];

    /// <summary>What it has of streams; null for a database that never had any.</summary>
    public StoredStreams? Streams { get; init; }
}
