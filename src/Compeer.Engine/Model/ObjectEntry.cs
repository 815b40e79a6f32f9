namespace Compeer.Engine.Model;

/// <summary>Something that stands beside a host or service under an id of its own: a comment, a downtime.</summary>
public abstract record ObjectEntry : EventDetail
{
    /// <summary>Its id.</summary>
    public required EntryId Id { get; init; }

    /// <summary>The host or service.</summary>
    public required ObjectName Object { get; init; }

    /// <summary>When it was made, by the clock of its maker; UTC ticks.</summary>
    public required long EntryTicks { get; init; }

    /// <summary>Who made it.</summary>
    public required string Author { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }
}
