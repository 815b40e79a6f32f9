using System.Collections.Immutable;

namespace Compeer.Cluster.Model;

/// <summary>
/// The objects to be divided and replicated: three columns with one entry per object. The object's number is its index.
/// </summary>
/// <param name="Version">The configuration they come from.</param>
/// <param name="Keys">What the object is called on the wire; unique, 1 to <see cref="MaxKeyBytes"/> bytes.</param>
/// <param name="Groups">The object whose unit it belongs to: a service's host, a host itself.</param>
/// <param name="Weights">Checks per minute; finite, not negative.</param>
public sealed record ClusterObjects(
    ConfigurationVersion Version,
    ImmutableArray<ReadOnlyMemory<byte>> Keys,
    ImmutableArray<int> Groups,
    ImmutableArray<double> Weights)
{
    /// <summary>The longest key, in bytes.</summary>
    public const int MaxKeyBytes = 1024;

    /// <summary>
    /// The longest that a check of any of them may take: as long a check in flight at a former owner holds the new one back.
    /// </summary>
    /// <value>60 s, Naemon's default <c>service_check_timeout</c>.</value>
    public TimeSpan LongestCheck { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The host groups by name, each with the numbers of its hosts: what is given to pollers is given by them.</summary>
    public ImmutableDictionary<string, ImmutableArray<int>> HostGroups { get; init; } =
        ImmutableDictionary<string, ImmutableArray<int>>.Empty;
}
