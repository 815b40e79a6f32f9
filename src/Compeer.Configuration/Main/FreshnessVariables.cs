namespace Compeer.Configuration.Main;

/// <summary>How results that stay away are noticed; hosts and services say by <c>check_freshness</c> which of them.</summary>
public sealed record FreshnessVariables
{
    /// <summary>Whether services are looked at (<c>check_service_freshness</c>), default true.</summary>
    public bool ChecksServices { get; init; } = true;

    /// <summary>Whether hosts are looked at (<c>check_host_freshness</c>), default false.</summary>
    public bool ChecksHosts { get; init; }

    /// <summary>How often services are looked at (<c>service_freshness_check_interval</c>), default 60 s.</summary>
    public TimeSpan ServiceInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often hosts are looked at (<c>host_freshness_check_interval</c>), default 60 s.</summary>
    public TimeSpan HostInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What is added to the intervals of objects without a <c>freshness_threshold</c>
    /// (<c>additional_freshness_latency</c>), default 15 s; may be negative.</summary>
    public TimeSpan AdditionalLatency { get; init; } = TimeSpan.FromSeconds(15);
}
