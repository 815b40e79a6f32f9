using Compeer.Cli.Files;
using Compeer.Cli.Outcome;
using Compeer.Configuration.Nodes;
using Compeer.Configuration.Text;
using Compeer.Configuration.Versions;

namespace Compeer.Cli.Commands;

/// <summary>Makes the main configuration of a node with masters what it should be.</summary>
internal static class PollerFix
{
    /// <summary>Does it where there is a master; false when merlin.conf has errors, which were written.</summary>
    /// <exception cref="MonException">A file cannot be read or written.</exception>
    public static bool Do(string mainFile, CommandContext context)
    {
        if (new MerlinConfigurationFile(context.Paths.MerlinConfiguration).ReadConfiguration(context.Error) is not { } configuration)
        {
            return false;
        }

        if (configuration.Nodes.All(node => node.Kind != NodeKind.Master))
        {
            return true;
        }

        if (!File.Exists(mainFile))
        {
            throw new MonException($"no such file: {mainFile}");
        }

        var isChanged = false;
        new ConfigurationFile(mainFile).Change(bytes =>
        {
            var text = PollerMainFile.Fix(new SourceFile(mainFile, bytes));
            isChanged = text is not null;
            return text;
        });
        if (isChanged)
        {
            context.Out.WriteLine($"{mainFile} reads only {PollerMainFile.ObjectFile} now, which a master sends");
        }

        return true;
    }
}
