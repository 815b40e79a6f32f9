namespace Compeer.Configuration.Objects.Definitions;

/// <summary>What is done with the results of a host or service; shared by objects with equal settings.</summary>
public sealed record ProcessingSettings
{
    /// <summary>Naemon's defaults for an object that sets nothing.</summary>
    public static ProcessingSettings Default { get; } = new()
    {
        EventHandler = null,
        EventHandlerEnabled = true,
        CheckFreshness = false,
        FreshnessThreshold = 0,
        StalkingOptions = StateOptions.None,
        ProcessPerformanceData = true,
        Obsess = true,
        RetainStatusInformation = true,
        RetainNonStatusInformation = true,
        HourlyValue = 1,
    };

    /// <summary>Run at state changes (<c>event_handler</c>); null when there is none.</summary>
    public required CommandCall? EventHandler { get; init; }

    /// <summary>Whether the event handler runs (<c>event_handler_enabled</c>).</summary>
    public required bool EventHandlerEnabled { get; init; }

    /// <summary>Whether results that stay away are noticed (<c>check_freshness</c>).</summary>
    public required bool CheckFreshness { get; init; }

    /// <summary>Seconds after which a result is stale; 0 means that the intervals decide.</summary>
    public required int FreshnessThreshold { get; init; }

    /// <summary>States in which a changed output is logged (<c>stalking_options</c>).</summary>
    public required StateOptions StalkingOptions { get; init; }

    /// <summary>Whether performance data is processed (<c>process_perf_data</c>).</summary>
    public required bool ProcessPerformanceData { get; init; }

    /// <summary>Whether the obsessive processor command runs for it (<c>obsess</c>).</summary>
    public required bool Obsess { get; init; }

    /// <summary>Whether its state outlives a restart (<c>retain_status_information</c>).</summary>
    public required bool RetainStatusInformation { get; init; }

    /// <summary>Whether changed settings outlive a restart (<c>retain_nonstatus_information</c>).</summary>
    public required bool RetainNonStatusInformation { get; init; }

    /// <summary>Its value in the sum of problems (<c>hourly_value</c>).</summary>
    public required int HourlyValue { get; init; }
}
