using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Livestatus.Tables;

/// <summary>A host or service while its history is read.</summary>
internal sealed class ObjectHistory
{
    /// <summary>Which.</summary>
    public required CheckableDefinition Subject { get; init; }

    /// <summary>The name of its notification period; empty for always.</summary>
    public required string NotificationPeriod { get; init; }

    /// <summary>The name of its service period (custom variable <c>SERVICE_PERIOD</c>); empty for always.</summary>
    public required string ServicePeriod { get; init; }

    /// <summary>How it is.</summary>
    public required Condition Now { get; set; }

    /// <summary>Since when, within what is asked for.</summary>
    public required long Since { get; set; }

    /// <summary>The number of the last line about it in its file.</summary>
    public long Line { get; set; }

    /// <summary>When it was last known to be there: since then all states were listed, and its own was not among them. Null when it
    /// is there.</summary>
    public long? MissingSince { get; set; }

    /// <summary>Whether the list is at its end.</summary>
    public bool HasVanished { get; set; }
}
