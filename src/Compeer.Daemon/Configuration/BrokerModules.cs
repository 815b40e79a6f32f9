using System.Collections.Immutable;
using Compeer.Configuration.Main;

namespace Compeer.Daemon.Configuration;

/// <summary>
/// Reads the <c>broker_module</c> lines. mond loads no modules: what livestatus' line says holds for the livestatus of its own, Merlin's
/// line has nothing to say, because merlin.conf says it, and any other has no effect.
/// </summary>
internal static class BrokerModules
{
    /// <summary>What the lines ask for, and what is to be said of them.</summary>
    public static (LivestatusOptions Livestatus, ImmutableArray<string> Findings) Read(MainConfiguration main)
    {
        var options = new LivestatusOptions();
        var findings = ImmutableArray.CreateBuilder<string>();
        foreach (var line in main.BrokerModules)
        {
            var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            var file = words.Length == 0 ? "" : Path.GetFileName(words[0]);
            if (file.Contains("livestatus", StringComparison.OrdinalIgnoreCase))
            {
                var reader = new LivestatusOptionsReader(Path.GetDirectoryName(main.Path) ?? "/", options);
                reader.Read(words.AsSpan(1));
                options = reader.Options;
                findings.AddRange(reader.Findings.Select(finding => $"broker_module {words[0]}: {finding}"));
            }
            else if (!file.Contains("merlin", StringComparison.OrdinalIgnoreCase))
            {
                findings.Add($"broker_module {line}: without effect, mond loads no modules");
            }
        }

        return (options, findings.ToImmutable());
    }
}
