using System.Collections.Immutable;

namespace Compeer.Api;

/// <summary>Hosts and services of a configuration that no node checks, because the nodes that run the checks do not have
/// them.</summary>
/// <param name="Hosts">How many hosts.</param>
/// <param name="Services">How many services.</param>
/// <param name="IsExact">Whether they were compared one by one with what is checked; until then these are the least there can be,
/// and all count as services.</param>
/// <param name="Names">The first of them, at most three: a host's name, or <c>host;service</c>. Who wants them all asks that node
/// for hosts and services without an owner.</param>
public sealed record UncheckedObjects(int Hosts, int Services, bool IsExact, ImmutableArray<string> Names)
{
    /// <summary>Everything is checked.</summary>
    public static UncheckedObjects None { get; } = new(0, 0, IsExact: true, []);

    /// <summary>How many in all.</summary>
    public int Count => Hosts + Services;
}
