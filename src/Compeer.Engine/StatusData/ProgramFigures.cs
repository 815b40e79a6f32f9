namespace Compeer.Engine.StatusData;

/// <summary>What status.dat tells of the program that no snapshot has.</summary>
public sealed record ProgramFigures
{
    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>Its process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When the log was begun anew last; null for not since the start.</summary>
    public DateTimeOffset? LastLogRotation { get; init; }

    /// <summary>Results of checks of hosts that it ran, in the last 1, 5 and 15 minutes.</summary>
    public (long One, long Five, long Fifteen) HostChecks { get; init; }

    /// <summary>The same of services.</summary>
    public (long One, long Five, long Fifteen) ServiceChecks { get; init; }

    /// <summary>Results of hosts from outside.</summary>
    public (long One, long Five, long Fifteen) PassiveHostResults { get; init; }

    /// <summary>Results of services from outside.</summary>
    public (long One, long Five, long Fifteen) PassiveServiceResults { get; init; }

    /// <summary>External commands.</summary>
    public (long One, long Five, long Fifteen) Commands { get; init; }
}
