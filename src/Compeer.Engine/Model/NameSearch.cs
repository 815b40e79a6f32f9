using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Engine.Model;

/// <summary>Finds definitions by their names. They stand in the order of their names, so that no index is needed beside them.</summary>
internal static class NameSearch
{
    /// <summary>The definition of this name; null when there is none.</summary>
    public static T? Find<T>(ImmutableArray<T> sorted, ReadOnlySpan<char> name, Func<T, string> nameOf)
        where T : class
    {
        var low = 0;
        var high = sorted.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = name.CompareTo(nameOf(sorted[middle]), StringComparison.Ordinal);
            if (order == 0)
            {
                return sorted[middle];
            }

            (low, high) = order < 0 ? (low, middle - 1) : (middle + 1, high);
        }

        return null;
    }

    /// <summary>The service of this host name and description; null when there is none.</summary>
    public static ServiceDefinition? Service(ObjectConfiguration objects, ReadOnlySpan<char> host, ReadOnlySpan<char> description)
    {
        var low = 0;
        var high = objects.Services.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var candidate = objects.Services[middle];
            var order = host.CompareTo(candidate.Host.Name, StringComparison.Ordinal);
            order = order != 0 ? order : description.CompareTo(candidate.Description, StringComparison.Ordinal);
            if (order == 0)
            {
                return candidate;
            }

            (low, high) = order < 0 ? (low, middle - 1) : (middle + 1, high);
        }

        return null;
    }
}
