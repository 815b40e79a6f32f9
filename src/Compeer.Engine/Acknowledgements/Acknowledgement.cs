using Compeer.Engine.Model;

namespace Compeer.Engine.Acknowledgements;

/// <summary>The acknowledgement of one problem of a host or service. Immutable; times are UTC ticks.</summary>
public sealed record Acknowledgement : EventDetail
{
    /// <summary>No acknowledgement.</summary>
    public static readonly Acknowledgement None = new();

    /// <summary>Until when it holds.</summary>
    public AcknowledgementKind Kind { get; init; }

    /// <summary>When the problem began that it is of (<see cref="EventHistory.ProblemStartTicks"/>): no other problem is
    /// acknowledged by it.</summary>
    public long ProblemStartTicks { get; init; }

    /// <summary>The state that was acknowledged.</summary>
    public byte State { get; init; }

    /// <summary>When it was given.</summary>
    public long EntryTicks { get; init; }

    /// <summary>When it ends by itself; 0 for never.</summary>
    public long EndTicks { get; init; }

    /// <summary>Whether contacts are to be told.</summary>
    public bool Notifies { get; init; }

    /// <summary>Whether its comment stays when it goes.</summary>
    public bool IsPersistent { get; init; }

    /// <summary>Who gave it.</summary>
    public string Author { get; init; } = "";

    /// <summary>The text.</summary>
    public string Text { get; init; } = "";
}
