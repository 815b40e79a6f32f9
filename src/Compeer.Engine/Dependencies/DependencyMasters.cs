using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Engine.Dependencies;

/// <summary>The dependencies of one object, found in the configuration's list, which is in the order of the dependent
/// ones.</summary>
internal static class DependencyMasters
{
    /// <summary>Those that hold back this host.</summary>
    public static ReadOnlySpan<HostDependencyDefinition> Of(ImmutableArray<HostDependencyDefinition> all, HostId host) =>
        Slice(all, host.Index, static dependency => dependency.Dependent.Id.Index);

    /// <summary>Those that hold back this service.</summary>
    public static ReadOnlySpan<ServiceDependencyDefinition> Of(
        ImmutableArray<ServiceDependencyDefinition> all, ServiceId service) =>
        Slice(all, service.Index, static dependency => dependency.Dependent.Id.Index);

    private static ReadOnlySpan<T> Slice<T>(ImmutableArray<T> all, int dependent, Func<T, int> dependentOf)
    {
        var first = FirstFrom(all, dependent, dependentOf);
        var end = first;
        while (end < all.Length && dependentOf(all[end]) == dependent)
        {
            end++;
        }

        return all.AsSpan()[first..end];
    }

    private static int FirstFrom<T>(ImmutableArray<T> all, int dependent, Func<T, int> dependentOf)
    {
        var low = 0;
        var high = all.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = dependentOf(all[middle]) < dependent ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
