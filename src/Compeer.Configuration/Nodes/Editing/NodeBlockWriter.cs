using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Compeer.Configuration.Diagnostics;

namespace Compeer.Configuration.Nodes.Editing;

/// <summary>Writes a node's block the way Merlin's own tool does: one key a line, indented by a tab.</summary>
internal static class NodeBlockWriter
{
    /// <summary>What stands in the way of writing these settings.</summary>
    public static ImmutableArray<string> FindFaults(IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        var faults = ImmutableArray.CreateBuilder<string>();
        foreach ((var key, var value) in settings)
        {
            if (!IsKnown(key))
            {
                var known = string.Join(", ", KnownKeys());
                faults.Add($"unknown key \"{key}\"{SimilarName.Hint(key, KnownKeys())}; known are {known}");
            }
            else if (value.Trim().Length == 0)
            {
                faults.Add($"{key} needs a value");
            }
            else if (value.AsSpan().ContainsAny(";\n\r") || value.AsSpan().Trim()[^1] == '{')
            {
                faults.Add($"the value of {key} may have no semicolon and no line break, and may not end with a brace");
            }
        }

        return faults.DrainToImmutable();
    }

    /// <summary>The block, ending in a line break.</summary>
    public static string Write(
        NodeKind kind, string name, IReadOnlyList<KeyValuePair<string, string>> settings, string newLine)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{NodeKinds.NameOf(kind)} {name} {{{newLine}");
        Line("address", Find(settings, "address") ?? Find(settings, "host") ?? name);
        Line("port", Find(settings, "port") ?? NodeDefinition.DefaultPort.ToString(CultureInfo.InvariantCulture));
        if (Find(settings, "publickey") is not null && Find(settings, "encrypted") is null)
        {
            // Merlin encrypts only when told to; a file that Merlin may read again one day says so.
            Line("encrypted", "1");
        }

        foreach ((var key, var value) in settings)
        {
            if (!IsObjectConfig(key) && key.ToUpperInvariant() is not ("ADDRESS" or "HOST" or "PORT" or "SYNC"))
            {
                Line(key, value);
            }
        }

        KeyValuePair<string, string>[] inner = [.. settings.Where(setting => IsObjectConfig(setting.Key))];
        if (inner.Length > 0)
        {
            text.Append(newLine).Append("\tobject_config {").Append(newLine);
            foreach ((var key, var value) in inner)
            {
                text.Append('\t');
                Line(key[MerlinConfigurationEditor.ObjectConfigPrefix.Length..], value);
            }

            text.Append("\t}").Append(newLine);
        }

        string[] paths = [.. settings.Where(setting => IsSync(setting.Key)).Select(setting => setting.Value.Trim())];
        if (paths.Length > 0)
        {
            text.Append(newLine).Append("\tsync {").Append(newLine);
            Array.ForEach(paths, path => text.Append("\t\t").Append(path).Append(newLine));
            text.Append("\t}").Append(newLine);
        }

        return text.Append('}').Append(newLine).ToString();

        void Line(string key, string value) => text.Append('\t').Append(Statement(key, value)).Append(newLine);
    }

    /// <summary>One statement, without what is around it.</summary>
    public static string Statement(string key, string value) => $"{key.ToLowerInvariant()} = {value.Trim()}";

    /// <summary>Whether two spellings are one key.</summary>
    public static bool IsSameKey(string one, string other) => Usual(one) == Usual(other);

    /// <summary>Whether it is a key of the block itself, rather than of one inside it.</summary>
    public static bool IsOwn(string key) => MerlinKeys.Node.Contains(key, StringComparer.OrdinalIgnoreCase);

    private static string Usual(string key) => key.ToUpperInvariant() switch
    {
        "HOST" => "ADDRESS",
        "HOSTGROUPS" => "HOSTGROUP",
        var usual => usual,
    };

    private static IEnumerable<string> KnownKeys() =>
        MerlinKeys.Node
            .Concat(MerlinKeys.ObjectConfig.Select(key => MerlinConfigurationEditor.ObjectConfigPrefix + key))
            .Append(MerlinConfigurationEditor.SyncKey);

    private static bool IsKnown(string key) => KnownKeys().Contains(key, StringComparer.OrdinalIgnoreCase);

    private static bool IsSync(string key) =>
        string.Equals(key, MerlinConfigurationEditor.SyncKey, StringComparison.OrdinalIgnoreCase);

    private static bool IsObjectConfig(string key) =>
        key.StartsWith(MerlinConfigurationEditor.ObjectConfigPrefix, StringComparison.OrdinalIgnoreCase);

    private static string? Find(IReadOnlyList<KeyValuePair<string, string>> settings, string key) =>
        settings.LastOrDefault(setting => string.Equals(setting.Key, key, StringComparison.OrdinalIgnoreCase)).Value;
}
