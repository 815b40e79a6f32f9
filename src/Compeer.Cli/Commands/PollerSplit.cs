using Compeer.Api;
using Compeer.Configuration.Nodes;

namespace Compeer.Cli.Commands;

/// <summary>The files with the parts of the configuration that pollers get.</summary>
internal static class PollerSplit
{
    /// <summary>Where a poller's is.</summary>
    public static string FileOf(MonitorPaths paths, MerlinConfiguration configuration, string poller) =>
        Path.Combine(paths.MerlinFolder, configuration.SplitFolder ?? paths.SplitFolder, poller + ".cfg");

    /// <summary>Makes them from the configuration as it is in the files.</summary>
    /// <param name="pollers">Whose; all pollers' when none is named.</param>
    /// <param name="context">What a command works with.</param>
    /// <param name="output">Gets a line for each file that was made.</param>
    /// <param name="error">Gets what is wrong.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Whether all were made.</returns>
    public static async Task<bool> MakeAsync(
        IReadOnlyCollection<string> pollers,
        CommandContext context,
        Action<string> output,
        Action<string> error,
        CancellationToken cancellation)
    {
        string[] arguments = pollers.Count == 0 ? ["--split"] : ["--split", string.Join(',', pollers)];
        return await context.Mond.RunAsDaemonAsync(arguments, output, error, cancellation).ConfigureAwait(false) == 0;
    }
}
