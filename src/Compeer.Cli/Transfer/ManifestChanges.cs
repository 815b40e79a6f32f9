using Compeer.Configuration.Versions;

namespace Compeer.Cli.Transfer;

/// <summary>What becomes of a configuration when another one takes its place, line by line.</summary>
internal static class ManifestChanges
{
    /// <summary>What would change.</summary>
    /// <param name="present">What is there; null for nothing that can be read.</param>
    /// <param name="next">What would be there.</param>
    public static IEnumerable<string> Between(ConfigurationManifest? present, ConfigurationManifest next)
    {
        var before = present?.Files.ToDictionary(file => file.Name, file => file.Hash, StringComparer.Ordinal) ?? [];
        foreach (var file in next.Files)
        {
            var isThere = before.Remove(file.Name, out var hash);
            if (hash != file.Hash)
            {
                yield return file.IsOutside ? $"would refuse: it needs {file.Name}, as it is here, which is not sent"
                    : isThere ? $"would change {file.Name}"
                    : $"would add {file.Name}";
            }
        }

        foreach (var name in before.Keys.Order(StringComparer.Ordinal))
        {
            yield return $"would delete {name}";
        }

        var former = present?.Variables ?? [];
        foreach (var line in next.Variables.Except(former))
        {
            yield return $"would set {line.Name}={line.Value}";
        }

        foreach (var line in former.Except(next.Variables)
            .Where(line => IsPath(line.Name) || next.Variables.All(other => other.Name != line.Name)))
        {
            yield return $"would take out {line.Name}={line.Value}";
        }
    }

    private static bool IsPath(string variable) => variable is "cfg_file" or "cfg_dir";
}
