using System.Collections.Immutable;
using System.Globalization;
using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Configuration.Versions;

namespace Compeer.Daemon.Versions;

/// <summary>A version as it is written down for another node.</summary>
internal static class VersionText
{
    /// <summary>Writes it.</summary>
    public static GivenVersion Of(ConfigurationVersion version) => new(
        version.Number,
        version.Hash,
        version.Origin.ToString(),
        version.History.ToString(),
        [.. version.Ancestors.Select(mark => mark.ToString("x16", CultureInfo.InvariantCulture))]);

    /// <summary>Reads it; null when it is none.</summary>
    public static ConfigurationVersion? Read(GivenVersion text)
    {
        var ancestors = ImmutableArray.CreateBuilder<ulong>();
        foreach (var word in text.Ancestors.IsDefault ? [] : text.Ancestors)
        {
            if (!ulong.TryParse(word, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var mark))
            {
                return null;
            }

            ancestors.Add(mark);
        }

        return text.Number is >= 0 and <= ConfigurationVersion.MaxNumber && ancestors.Count <= ConfigurationVersion.MaxAncestors
            && (text.Hash.Length == 0 || ConfigurationManifest.IsHash(text.Hash))
            && NodeId.TryParse(text.Origin, out var origin) && HistoryId.TryParse(text.History, out var history)
            ? new ConfigurationVersion(text.Number, text.Hash)
            {
                Origin = origin,
                History = history,
                Ancestors = ancestors.DrainToImmutable(),
            }
            : null;
    }
}
