using System.Text.Json;
using Compeer.Api;
using Compeer.Cli.Files;
using Compeer.Cli.Outcome;
using Compeer.Configuration.Versions;

namespace Compeer.Cli.Commands;

/// <summary>
/// A configuration as it is given to another node: read once, found good, and put into a folder that nobody else can reach, so that
/// every node gets the same whatever happens to the files meanwhile. The folder goes with this object.
/// </summary>
internal sealed class OutgoingConfiguration : IDisposable
{
    private const string ManifestName = ".manifest";
    private const string VersionName = ".version";

    private readonly TemporaryFolder _folder;

    private OutgoingConfiguration(TemporaryFolder folder, ConfigurationManifest manifest)
    {
        _folder = folder;
        Manifest = manifest;
    }

    /// <summary>The folder.</summary>
    public string Folder => _folder.Path;

    /// <summary>What is in it.</summary>
    public ConfigurationManifest Manifest { get; }

    /// <summary>Makes it; null after what is wrong was written.</summary>
    /// <param name="context">What a command works with.</param>
    /// <param name="mainFile">The main configuration.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MonException">It cannot be written.</exception>
    public static async Task<OutgoingConfiguration?> PrepareAsync(
        CommandContext context, string mainFile, CancellationToken cancellation)
    {
        var temporary = TemporaryFolder.Make();
        var folder = temporary.Path;
        try
        {
            var said = new List<string>();
            var exitCode = await context.Mond
                .RunAsync(["--offer", folder, mainFile], said.Add, said.Add, cancellation).ConfigureAwait(false);
            if (exitCode != 0)
            {
                said.ForEach(context.Error.WriteLine);
                temporary.Dispose();
                return null;
            }

            // A daemon that runs knows better than its file, which is written a moment later.
            if ((await context.Client.GetInForceAsync(cancellation).ConfigureAwait(false)).TryGet(out var version, out _))
            {
                await File.WriteAllBytesAsync(
                    $"{folder}/{VersionName}",
                    JsonSerializer.SerializeToUtf8Bytes(version, ApiJsonContext.Default.GivenVersion),
                    cancellation).ConfigureAwait(false);
            }

            (var manifest, var problem) = ConfigurationManifest.Decode(
                await File.ReadAllBytesAsync($"{folder}/{ManifestName}", cancellation).ConfigureAwait(false));
            return new OutgoingConfiguration(
                temporary, manifest ?? throw new MonException($"mond's manifest is not understood: {problem}"));
        }
        catch (Exception e)
        {
            temporary.Dispose();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw MonException.FromFile(folder, e);
            }

            throw;
        }
    }

    public void Dispose() => _folder.Dispose();
}
