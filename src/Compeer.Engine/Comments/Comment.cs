using Compeer.Engine.Model;

namespace Compeer.Engine.Comments;

/// <summary>A comment on a host or service. Immutable.</summary>
public sealed record Comment : ObjectEntry
{
    /// <summary>Where it comes from.</summary>
    public required CommentKind Kind { get; init; }

    /// <summary>Whether it was given by a command of its own (Naemon <c>source</c> 1), not by the program.</summary>
    public bool IsExternal => Kind == CommentKind.User;

    /// <summary>Whether it outlives a restart of a lone node (Naemon), and the end of its acknowledgement.</summary>
    public bool IsPersistent { get; init; }

    /// <summary>When its acknowledgement ends by itself, UTC ticks; 0 for no such time. Naemon shows it and removes nothing by
    /// it.</summary>
    public long ExpiresTicks { get; init; }
}
