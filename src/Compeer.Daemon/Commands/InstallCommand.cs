using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Configuration.Diagnostics;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Instance;
using Compeer.Daemon.Platform;
using Compeer.Daemon.Storage;
using Compeer.Daemon.Versions;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Commands;

/// <summary><c>mond --install</c>: what a running daemon does with what was pushed to it, where none runs. The next start takes
/// it up.</summary>
internal static class InstallCommand
{
    public static async Task<int> RunAsync(MonitorPaths paths, string from)
    {
        using var instance = await InstanceLock.TakeAsync(paths.PidFile, CancellationToken.None);
        var store = new VersionStore(paths);
        var mainFile = paths.FindMainConfiguration();
        var installer = new ConfigurationInstaller(mainFile, store);
        if (installer.Resume() is { Length: > 0 } resumed)
        {
            StandardError.Write($"mond: {resumed}");
        }

        var isEmpty = !File.Exists(mainFile);
        try
        {
            if (isEmpty)
            {
                // A machine that has nothing yet: the main configuration is what the pushed one says, and else as by default.
                File.WriteAllBytes(mainFile, []);
            }

            var staged = StagedConfiguration.Read(store.StagingFolder, mainFile, store.Content, out var problem)
                ?? throw new StartupException($"what was pushed is not a whole configuration: {problem}");
            if (installer.Prepare(staged.Manifest, out var findings) is { } prepared)
            {
                Install(installer, store, staged, prepared, DurableStateFile.LastInForce(DurableStateFile.FileIn(paths)), from);
                isEmpty = false;
                return ExitCodes.Success;
            }

            using var errors = Console.OpenStandardError();
            foreach (var finding in findings.Where(finding => finding.Severity == DiagnosticSeverity.Error))
            {
                OutputLines.Write(errors, finding);
            }

            return ExitCodes.Failure;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"what was pushed cannot be put in place: {SystemError.Words(exception)}");
        }
        finally
        {
            if (isEmpty)
            {
                File.Delete(mainFile);
            }
        }
    }

    private static void Install(
        ConfigurationInstaller installer,
        VersionStore store,
        StagedConfiguration staged,
        PreparedInstallation prepared,
        ConfigurationVersion? last,
        string from)
    {
        // What is there is kept, whether it was in force or edited since: it can be brought back.
        Keep(store, prepared.Present, last?.Hash == prepared.Present.Hash ? last : null, "there before a push");
        var version = last is null ? staged.Version : staged.AsTakenUpAfter(last);
        Keep(store, prepared.Loaded, version.Number > 0 ? version : null, $"pushed by {from}");
        if (version.Number > 0)
        {
            store.Pushed.Note(version);
        }

        installer.Install(prepared);
    }

    private static void Keep(VersionStore store, LoadedConfiguration loaded, ConfigurationVersion? version, string came)
    {
        if (loaded.Manifest is { } manifest)
        {
            var kept = new StoredVersion
            {
                Number = version?.Number ?? 0,
                Hash = manifest.Hash,
                Origin = version?.Origin ?? default,
                KeptAt = TimeProvider.System.GetUtcNow(),
                Came = came,
                Hosts = loaded.Objects?.Hosts.Length ?? 0,
                Services = loaded.Objects?.Services.Length ?? 0,
            };
            store.Keep(kept, manifest, loaded.Folder, loaded.ObjectFiles);
        }
    }
}
