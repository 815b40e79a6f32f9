namespace Compeer.Engine.Downtimes;

/// <summary>How far a downtime is, as this node sees it.</summary>
public enum DowntimePhase
{
    /// <summary>It has not begun.</summary>
    Pending = 0,

    /// <summary>It counts for its object.</summary>
    InEffect = 1,

    /// <summary>Its time is over; it goes when the object's owner has said so.</summary>
    Over = 2,
}
