using Compeer.Cluster.Model;

namespace Compeer.Daemon.Versions;

/// <summary>What is known of a configuration that is kept.</summary>
internal sealed record StoredVersion
{
    /// <summary>Its number, see <see cref="ConfigurationVersion"/>; 0 for one that was never taken up.</summary>
    public long Number { get; init; }

    /// <summary>Its hash.</summary>
    public required string Hash { get; init; }

    /// <summary>Where it was taken up first.</summary>
    public NodeId Origin { get; init; }

    /// <summary>The hash of the one that was in force here before it; empty when there was none.</summary>
    public string Before { get; init; } = "";

    /// <summary>When it came to be kept here.</summary>
    public required DateTimeOffset KeptAt { get; init; }

    /// <summary>How it came here, in words.</summary>
    public required string Came { get; init; }

    /// <summary>Its hosts; 0 when it has errors.</summary>
    public int Hosts { get; init; }

    /// <summary>Its services; 0 when it has errors.</summary>
    public int Services { get; init; }
}
