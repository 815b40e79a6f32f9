using System.Collections.Immutable;

namespace Compeer.Configuration.Objects.Definitions;

/// <summary>A <c>define service</c>, resolved, on one host.</summary>
public sealed class ServiceDefinition : CheckableDefinition
{
    /// <summary>Which of the configuration's services it is.</summary>
    public required ServiceId Id { get; init; }

    /// <summary>The host it runs on.</summary>
    public required HostDefinition Host { get; init; }

    /// <summary>The <c>service_description</c>.</summary>
    public required string Description { get; init; }

    /// <summary>The services it needs (<c>parents</c>, Naemon and Nagios 4), sorted by host and description. They may
    /// lead back to it, and it may be one of them.</summary>
    public ImmutableArray<ServiceDefinition> Parents { get; internal set; } = [];
}
