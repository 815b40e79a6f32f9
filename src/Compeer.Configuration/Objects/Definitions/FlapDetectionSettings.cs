namespace Compeer.Configuration.Objects.Definitions;

/// <summary>How flapping of a host or service is detected; shared by objects with equal settings.</summary>
public sealed record FlapDetectionSettings
{
    /// <summary>Naemon's defaults for an object that sets nothing.</summary>
    public static FlapDetectionSettings Default { get; } = new()
    {
        Enabled = true,
        LowThreshold = 0,
        HighThreshold = 0,
        Options = StateOptions.All,
    };

    /// <summary>Whether it is detected (<c>flap_detection_enabled</c>).</summary>
    public required bool Enabled { get; init; }

    /// <summary>Per cent of state changes below which flapping ends; 0 means the main configuration's.</summary>
    public required double LowThreshold { get; init; }

    /// <summary>Per cent of state changes at which flapping begins; 0 means the main configuration's.</summary>
    public required double HighThreshold { get; init; }

    /// <summary>The states that count (<c>flap_detection_options</c>).</summary>
    public required StateOptions Options { get; init; }
}
