namespace Compeer.Livestatus.Log;

/// <summary>What is found in a line.</summary>
internal readonly record struct LogLineParts
{
    /// <summary>Seconds since 1970.</summary>
    public long Time { get; init; }

    /// <summary>Its class.</summary>
    public LogClass Class { get; init; }

    /// <summary>What it says of the history of an object.</summary>
    public LogLineKind Kind { get; init; }

    /// <summary>Whether it is of a form that names an object or a contact; others do not.</summary>
    public bool IsKnown { get; init; }

    /// <summary>Whether that form is of services.</summary>
    public bool IsOfService { get; init; }

    /// <summary>The state; 0 when it has none.</summary>
    public int State { get; init; }

    /// <summary>The number of the attempt; 0 when it has none.</summary>
    public int Attempt { get; init; }

    /// <summary>All of it.</summary>
    public LogField Whole { get; init; }

    /// <summary>What stands before the colon; all after the time when it is of no known form.</summary>
    public LogField Type { get; init; }

    /// <summary>What stands behind the first colon.</summary>
    public LogField Options { get; init; }

    /// <summary>The host.</summary>
    public LogField Host { get; init; }

    /// <summary>The service's description.</summary>
    public LogField Service { get; init; }

    /// <summary>The contact.</summary>
    public LogField Contact { get; init; }

    /// <summary>The command.</summary>
    public LogField Command { get; init; }

    /// <summary>SOFT or HARD, or the word that the form has there.</summary>
    public LogField StateType { get; init; }

    /// <summary>What the check said.</summary>
    public LogField Output { get; init; }

    /// <summary>A text for people.</summary>
    public LogField Comment { get; init; }
}
