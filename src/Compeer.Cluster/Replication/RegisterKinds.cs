using Compeer.Cluster.Model;

namespace Compeer.Cluster.Replication;

/// <summary>
/// The kinds of values there are. The bounds hold for what a node keeps beside the states of its own objects; a kind
/// that this version does not know, and objects that this configuration does not have, have a bound each too.
/// </summary>
internal sealed record RegisterKinds(RegisterKind Kind, RegisterMerge Merge, int MaxEntries, long MaxBytes)
{
    /// <summary>
    /// Tombstones kept; the oldest go first. So a node that is away for ever does not take the room of what is there: should it
    /// come back, what it still has of them is found when it catches up.
    /// </summary>
    public int MaxTombstones => MaxEntries / 4;

    /// <summary>All that this version knows.</summary>
    private static readonly RegisterKinds[] Known =
    [
        new(RegisterKind.CheckState, RegisterMerge.Owner, MaxEntries: 100_000, MaxBytes: 64 << 20),
        new(RegisterKind.OperatorSettings, RegisterMerge.Newest, MaxEntries: 1_000_000, MaxBytes: 128 << 20),
        new(RegisterKind.Comments, RegisterMerge.Set, MaxEntries: 200_000, MaxBytes: 64 << 20),
        new(RegisterKind.Downtimes, RegisterMerge.Set, MaxEntries: 200_000, MaxBytes: 64 << 20),
        new(RegisterKind.Acknowledgements, RegisterMerge.Set, MaxEntries: 200_000, MaxBytes: 64 << 20),
        new(RegisterKind.Notifications, RegisterMerge.Owner, MaxEntries: 1_000_000, MaxBytes: 256 << 20),
        new(RegisterKind.ContactSettings, RegisterMerge.Newest, MaxEntries: 100_000, MaxBytes: 16 << 20),
        new(RegisterKind.Deliveries, RegisterMerge.Newest, MaxEntries: 1_000_000, MaxBytes: 128 << 20),
    ];

    /// <summary>
    /// The rules for a kind. One that is not known merges by everything that a value says of itself, which is right for all
    /// merges: what has no owner has epoch 0, and what is no set has no removals.
    /// </summary>
    public static RegisterKinds Of(RegisterKind kind) => Array.Find(Known, known => known.Kind == kind)
        ?? new RegisterKinds(kind, RegisterMerge.Set, MaxEntries: 20_000, MaxBytes: 16 << 20);

    /// <summary>Whether this version knows a kind.</summary>
    public static bool Knows(RegisterKind kind) => Array.Exists(Known, known => known.Kind == kind);
}
