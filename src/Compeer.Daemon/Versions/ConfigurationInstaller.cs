using System.Text.Json;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Versions;
using Compeer.Daemon.Configuration;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;

namespace Compeer.Daemon.Versions;

/// <summary>
/// Puts a kept configuration in the place of the one that is there: first it is read as it would be in that place, and refused when
/// it is not good here; then it is noted what will be done, and done file by file, each replaced in one step. An
/// installation that is cut off is finished at the next start, before anything is read.
/// </summary>
/// <param name="mainFile">The main configuration.</param>
/// <param name="store">What is kept.</param>
internal sealed class ConfigurationInstaller(string mainFile, VersionStore store)
{
    private const string UnfinishedSuffix = ".new";

    private readonly string _root = Path.GetDirectoryName(mainFile)!;

    /// <summary>Finds out whether a configuration is good here; null, with every finding, when it is not.</summary>
    public PreparedInstallation? Prepare(ConfigurationManifest manifest, out IReadOnlyList<Diagnostic> findings)
    {
        var present = ConfigurationLoader.Load(mainFile);
        if (ConfigurationLoader.ReadMain(mainFile) is not { } main)
        {
            findings = [Error($"'{mainFile}' cannot be read, so that nothing can be put beside it")];
            return null;
        }

        var (edited, problem) = SharedVariableEditor.Apply(main.Text, main.Configuration, manifest);
        if (edited is not { } text)
        {
            findings = [Error(problem)];
            return null;
        }

        var loaded = ConfigurationLoader.LoadStaged(mainFile, text, manifest, store.Content.Read);
        var reasons = new List<Diagnostic>(loaded.Diagnostics);
        if (loaded.Errors == 0 && loaded.Hash != manifest.Hash)
        {
            reasons.Add(Error(DifferenceOf(manifest, loaded.Manifest)));
        }

        var before = present.Manifest?.Files.Where(file => !file.IsOutside).Select(file => file.Name).ToHashSet() ?? [];
        reasons.AddRange(manifest.Files.Where(file => !file.IsOutside && !before.Contains(file.Name))
            .Select(file => ProblemOfPlace(file.Name)).Where(reason => reason.Length > 0).Select(Error));
        reasons.AddRange(before.Select(name => ProblemOfLinks($"{_root}/{name}")).Append(ProblemOfLinks(mainFile))
            .Where(reason => reason.Length > 0).Select(Error));
        findings = reasons;
        return reasons.Exists(finding => finding.Severity == DiagnosticSeverity.Error) ? null
            : new PreparedInstallation(
                manifest,
                text,
                [.. before.Except(manifest.Files.Select(file => file.Name)).Order(StringComparer.Ordinal)],
                loaded,
                present);
    }

    /// <summary>Does it.</summary>
    /// <exception cref="IOException">A file cannot be replaced; what was replaced so far stays, and the next start or installation
    /// goes on.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Install(PreparedInstallation prepared)
    {
        var main = ConfigurationManifest.HashOf(prepared.Main.Span);
        var journal = new InstallationJournal(mainFile, prepared.Manifest.Hash, main, prepared.Deleted);
        store.Content.Write(main, prepared.Main.Span);
        File.WriteAllBytes(
            store.JournalFile + UnfinishedSuffix,
            JsonSerializer.SerializeToUtf8Bytes(journal, VersionJsonContext.Default.InstallationJournal));
        store.Content.Sync();
        File.Move(store.JournalFile + UnfinishedSuffix, store.JournalFile, overwrite: true);
        store.Content.Sync();
        CarryOut(journal, prepared.Manifest);
    }

    /// <summary>Finishes an installation that was cut off; what to say of it, or nothing.</summary>
    public string Resume()
    {
        InstallationJournal? journal;
        try
        {
            journal = JsonSerializer.Deserialize(
                File.ReadAllBytes(store.JournalFile), VersionJsonContext.Default.InstallationJournal);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return "";
        }
        catch (JsonException)
        {
            journal = null;
        }

        if (journal is null || journal.MainFile != mainFile || store.ManifestOf(journal.Manifest) is not { } manifest)
        {
            File.Delete(store.JournalFile);
            return "an installation of a configuration was cut off and cannot be finished, since what it was to install is not here; "
                + "the files are as it left them: look at 'mon oconf verify' and 'mon oconf versions'";
        }

        try
        {
            CarryOut(journal, manifest);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"the installation of configuration {journal.Manifest[..12]} was cut off and cannot be finished yet: "
                + $"{SystemError.Words(exception)}; the next start or reload tries again";
        }

        return $"the installation of configuration {journal.Manifest[..12]} was cut off; it is finished now";
    }

    private void CarryOut(InstallationJournal journal, ConfigurationManifest manifest)
    {
        var model = File.GetUnixFileMode(mainFile);
        foreach (var file in manifest.Files.Where(file => !file.IsOutside))
        {
            Put($"{_root}/{file.Name}", file.Hash, model);
        }

        Put(mainFile, journal.Main, model);
        foreach (var name in journal.Deleted)
        {
            using var place = GuardedPath.Open($"{_root}/{name}", makeFolders: false, followLast: false);
            File.Delete(place.Folder.PathOf(place.Name));
        }

        using (var folder = OpenFolder.TryOpen(_root, out _))
        {
            folder?.TrySyncAll();
        }

        File.Delete(store.JournalFile);
    }

    /// <summary>Puts a file in place. What was looked at when the installation was prepared may be something else by now, at the next
    /// start above all: where links lead is looked at again, and held.</summary>
    private void Put(string path, string hash, UnixFileMode model)
    {
        using var place = GuardedPath.Open(path, makeFolders: true);
        var before = place.Details is { Type: FileType.File } file ? file : null;
        if (before is not null && HashOf(place) == hash)
        {
            return;
        }

        if (before is null && place.Links > LinksAbove())
        {
            throw new IOException($"'{path}' would be written through a link to '{place.Target}', where there is no file");
        }

        var content = store.Content.Read(hash) ?? throw new IOException($"the content of '{path}' is not kept here any more");
        var unfinished = place.Name + UnfinishedSuffix;
        File.Delete(place.Folder.PathOf(unfinished));
        using (var written = new FileStream(place.Folder.PathOf(unfinished), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = before is null ? model : (UnixFileMode)before.Mode,
        }))
        {
            written.Write(content.Span);

            // A daemon that is not root cannot give files away; the file is its own then.
            _ = (before?.Owner ?? FileOwner.Of(_root))?.TryGive(written.SafeFileHandle);
        }

        place.Folder.Rename(unfinished, place.Name);
    }

    private static string HashOf(GuardedPath place)
    {
        using var file = new FileStream(place.Folder.OpenFile(place.Name), FileAccess.Read);
        var content = new byte[file.Length];
        file.ReadExactly(content);
        return ConfigurationManifest.HashOf(content);
    }

    /// <summary>How many links there are on the way to the folder of the main configuration, which is the administrator's doing.</summary>
    private int LinksAbove()
    {
        using var root = GuardedPath.Open(_root, makeFolders: false);
        return root.Links;
    }

    /// <summary>Why a file that this node reads already cannot be replaced, or removed, where its links lead.</summary>
    private static string ProblemOfLinks(string path)
    {
        try
        {
            using var place = GuardedPath.Open(path, makeFolders: false);
            return "";
        }
        catch (IOException exception)
        {
            return $"'{path}' would be replaced: {SystemError.Words(exception)}";
        }
    }

    /// <summary>
    /// What comes from elsewhere goes below the folder of the main configuration, and nowhere that a link leads to: only where this
    /// node itself reads an object file from already may a link be on the way. Nor does it take the place of a file that is there for
    /// something else: the main configuration, a resource file, the passwords of a web server.
    /// </summary>
    private string ProblemOfPlace(string name)
    {
        var path = _root;
        foreach (var part in name.Split('/'))
        {
            path = $"{path}/{part}";
            if (new FileInfo(path).LinkTarget is { } target)
            {
                return $"'{name}' would be written through the link '{path}' to '{target}'";
            }
        }

        return Directory.Exists(path) ? $"'{name}' is a folder here"
            : File.Exists(path) ? $"'{name}' is here already, and is no object file of this node's"
            : "";
    }

    private static string DifferenceOf(ConfigurationManifest wanted, ConfigurationManifest? read)
    {
        var here = read?.Files.ToDictionary(file => file.Name, file => file.Hash) ?? [];
        var other = wanted.Files.FirstOrDefault(file => here.GetValueOrDefault(file.Name) != file.Hash);
        return other.Name is { } name
            ? other.IsOutside
                ? $"it needs '{name}', which is outside of the configuration's folder and "
                    + (here.ContainsKey(name) ? "another file here" : "not here")
                : $"it has '{name}', which the main configuration here does not read"
            : read?.Files.FirstOrDefault(file => !wanted.Files.Contains(file)).Name is { } extra
                ? $"the main configuration here reads '{extra}' besides, which it does not have"
                : "the main configuration here means something else by it";
    }

    private Diagnostic Error(string message) => new(DiagnosticSeverity.Error, new SourcePosition(mainFile, 0), message);
}
