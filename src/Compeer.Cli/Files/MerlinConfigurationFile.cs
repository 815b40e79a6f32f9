using Compeer.Cli.Outcome;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Nodes;
using Compeer.Configuration.Nodes.Reading;

namespace Compeer.Cli.Files;

/// <summary>merlin.conf on disk.</summary>
internal sealed class MerlinConfigurationFile(string path) : ConfigurationFile(path)
{
    /// <summary>The configuration; null after its errors were written to <paramref name="error"/>.</summary>
    /// <exception cref="MonException">It is there but cannot be read.</exception>
    public MerlinConfiguration? ReadConfiguration(TextWriter error)
    {
        var result = MerlinConfigurationReader.Read(Path, Read());
        foreach (var diagnostic in result.Diagnostics)
        {
            if (diagnostic.Severity == DiagnosticSeverity.Error)
            {
                error.WriteLine(diagnostic);
            }
        }

        return result.Configuration;
    }
}
