using Compeer.Engine.Model;

namespace Compeer.Engine.Acknowledgements;

/// <summary>The acknowledgement of one problem of a host or service. Immutable; times are UTC ticks.</summary>
public sealed record Acknowledgement : ObjectEntry
{
    /// <summary>No acknowledgement.</summary>
    public static readonly Acknowledgement None = new()
    {
        Id = default,
        Object = new ObjectName("", null),
        EntryTicks = 0,
        Author = "",
        Text = "",
    };

    /// <summary>Until when it holds.</summary>
    public AcknowledgementKind Kind { get; init; }

    /// <summary>When the problem began that it is of (<see cref="EventHistory.ProblemStartTicks"/>): no other problem is
    /// acknowledged by it.</summary>
    public long ProblemStartTicks { get; init; }

    /// <summary>The state that was acknowledged.</summary>
    public byte State { get; init; }

    /// <summary>When it ends by itself; 0 for never.</summary>
    public long EndTicks { get; init; }

    /// <summary>Whether contacts are to be told.</summary>
    public bool Notifies { get; init; }

    /// <summary>Whether its comment stays when it goes.</summary>
    public bool IsPersistent { get; init; }

    /// <summary>The comment that tells of it.</summary>
    public EntryId CommentId { get; init; }
}
