using System.Security.Cryptography;
using System.Text;
using Compeer.Configuration.Synchronisation;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;
using Compeer.Platform.Processes;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Daemon.Synchronisation;

/// <summary>
/// Makes one tree of another, item by item, each in one step: one that is cut off leaves whole files, and the next goes on. What
/// is overwritten or deleted is kept first. No link is followed, nothing is written that changed since it was looked at, and no
/// file is replaced that this user may not write, even where the folder would let it.
/// </summary>
/// <param name="backup">Keeps what was there.</param>
internal sealed class TreeWriter(BackupFolder backup)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const string PushBrings = "'mon oconf push' brings it";

    /// <summary>Carries changes out.</summary>
    /// <param name="path">The file or folder, without a slash at its end.</param>
    /// <param name="trusted">The path that merlin.conf names: the same, or one above.</param>
    /// <param name="changes">What is to be done.</param>
    /// <param name="mine">What was found before.</param>
    /// <param name="openContent">Opens content by its hash; null when it is not here.</param>
    /// <returns>What could not be done, and why; the rest is done.</returns>
    public IReadOnlyList<string> Apply(
        string path, string trusted, TreeChanges changes, FileTree mine, Func<string, SafeFileHandle?> openContent)
    {
        var problems = new List<string>();
        try
        {
            using var parent = FolderWalk.OpenParent(path, trusted, make: true);
            var work = new Work(path, parent, mine, openContent, problems);
            foreach (var item in changes.Cleared)
            {
                work.Try(item, Delete);
            }

            foreach (var item in changes.Put)
            {
                work.Try(item, Put);
            }

            foreach (var item in changes.Deleted)
            {
                work.Try(item, Delete);
            }

            foreach (var folder in changes.Put.Where(item => item.Kind == FileKind.Folder).Reverse())
            {
                work.Try(folder, SetMode);
            }

            parent.SyncAll();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add($"it cannot be written: {SystemError.Words(exception)}; {PushBrings}");
        }

        return problems;
    }

    private string Delete(Work work, FileItem item, HeldFolder folder, string last)
    {
        if (work.Expect(item.Name, folder.DetailsOf(last), out var found) is { Length: > 0 } problem)
        {
            return problem;
        }

        if (found is { Type: FileType.Folder })
        {
            Directory.Delete(folder.PathOf(last));
        }
        else if (found is not null)
        {
            backup.Keep(folder, last, found, work.PathOf(item.Name));
            File.Delete(folder.PathOf(last));
        }

        return "";
    }

    private string Put(Work work, FileItem item, HeldFolder folder, string last)
    {
        if (item.Kind == FileKind.Folder)
        {
            if (folder.DetailsOf(last) is null)
            {
                Directory.CreateDirectory(folder.PathOf(last), (UnixFileMode)item.Mode | OwnerOnly);
            }

            return "";
        }

        var problem = work.Expect(item.Name, folder.DetailsOf(last), out var found);
        if (problem.Length == 0 && found is { Type: FileType.File } && MayNotReplace(folder, last, found))
        {
            problem = $"is another user's, and may not be written here; {PushBrings}";
        }

        if (problem.Length > 0)
        {
            return problem;
        }

        var unfinished = UnfinishedOf(last);
        try
        {
            // One that was cut off by the end of the daemon.
            File.Delete(folder.PathOf(unfinished));
            if (item.Kind == FileKind.Link)
            {
                File.CreateSymbolicLink(folder.PathOf(unfinished), item.Target);
            }
            else if (!Write(work, item, folder, unfinished))
            {
                return "changed while it was copied";
            }

            if (found is not null && (item.Kind == FileKind.Link || work.Mine.Items.GetValueOrDefault(item.Name)?.Hash != item.Hash))
            {
                backup.Keep(folder, last, found, work.PathOf(item.Name));
            }

            folder.Rename(unfinished, last);
        }
        finally
        {
            File.Delete(folder.PathOf(unfinished));
        }

        return "";
    }

    /// <summary>The same name for the same file, so that the next attempt takes away what was cut off.</summary>
    private static string UnfinishedOf(string name) =>
        FileNames.UnfinishedPrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));

    /// <summary>Takes away what was cut off of files that are to be written no more.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="trusted">The path that merlin.conf names: the same, or one above.</param>
    /// <param name="unfinished">Names in it.</param>
    /// <exception cref="IOException">It cannot be done.</exception>
    public static void TakeAway(string path, string trusted, IReadOnlyList<string> unfinished)
    {
        foreach (var name in unfinished)
        {
            using var parent = FolderWalk.OpenParent(path, trusted, make: false);
            using var folder = FolderWalk.OpenFolderOf(parent, Path.GetFileName(path), name, out var last);
            File.Delete(folder.PathOf(last));
        }
    }

    /// <summary>Writes a file with all that belongs to it; false when its content is not what it should be by now.</summary>
    private static bool Write(Work work, FileItem item, HeldFolder folder, string unfinished)
    {
        using var source = work.Open(item.Hash);
        using var target = folder.CreateFile(unfinished);
        if (source is null)
        {
            return false;
        }

        using var sameTarget = new SafeFileHandle(target.DangerousGetHandle(), ownsHandle: false);
        using (var from = new FileStream(source, FileAccess.Read, bufferSize: 0))
        using (var to = new FileStream(sameTarget, FileAccess.ReadWrite, bufferSize: 0))
        {
            from.CopyTo(to);
        }

        if (TreeScanner.HashOf(target) != item.Hash)
        {
            return false;
        }

        GiveTo(item, folder.PathOf(unfinished));
        File.SetUnixFileMode(target, (UnixFileMode)item.Mode);
        File.SetLastWriteTimeUtc(target, new DateTime(item.Modified, DateTimeKind.Utc));
        RandomAccess.FlushToDisk(target);
        return true;
    }

    private static string SetMode(Work work, FileItem item, HeldFolder folder, string last)
    {
        using var opened = folder.OpenFolder(last);
        opened.SetMode(item.Mode);
        return "";
    }

    /// <summary>The owner and group that it has elsewhere, as far as this user may give them.</summary>
    private static void GiveTo(FileItem item, string path)
    {
        var user = SystemUser.IsRoot ? SystemUser.Find(item.User)?.Id : null;
        var group = SystemGroup.Find(item.Group)?.Id;
        _ = (user ?? group) is null || new FileOwner(user ?? uint.MaxValue, group ?? uint.MaxValue).TryGive(path);
    }

    private static bool MayNotReplace(HeldFolder folder, string last, FileDetails found) =>
        found.Owner.User != SystemUser.EffectiveId && !folder.MayWrite(last);

    /// <summary>One application of changes.</summary>
    private sealed class Work(
        string path, HeldFolder parent, FileTree mine, Func<string, SafeFileHandle?> openContent, List<string> problems)
    {
        private readonly string _root = Path.GetFileName(path);
        private readonly ILookup<string, string> _names = mine.Items.Values.Where(item => item.Kind == FileKind.File)
            .ToLookup(item => item.Hash, item => item.Name);

        public FileTree Mine => mine;

        public string PathOf(string name) => name.Length == 0 ? path : $"{path}/{name}";

        /// <summary>Content that came, or that a file here has.</summary>
        public SafeFileHandle? Open(string hash)
        {
            if (openContent(hash) is { } content)
            {
                return content;
            }

            foreach (var name in _names[hash])
            {
                using var folder = FolderWalk.OpenFolderOf(parent, _root, name, out var last);
                if (folder.DetailsOf(last) is { Type: FileType.File })
                {
                    return folder.OpenFile(last);
                }
            }

            return null;
        }

        /// <summary>Whether an item is still what was found; what is wrong, or nothing.</summary>
        public string Expect(string name, FileDetails? details, out FileDetails? found)
        {
            found = details;
            var before = mine.Items.GetValueOrDefault(name);
            return (before, details) switch
            {
                (null, null) => "",
                ({ Kind: FileKind.File }, { Type: FileType.File }) when (before.Bytes, before.Modified) == (details.Bytes, details.Modified)
                    => "",
                ({ Kind: FileKind.Folder }, { Type: FileType.Folder }) or ({ Kind: FileKind.Link }, { Type: FileType.Link }) => "",
                ({ }, null) => "",
                _ => "changed here at this moment",
            };
        }

        public void Try(FileItem item, Func<Work, FileItem, HeldFolder, string, string> step)
        {
            try
            {
                using var folder = FolderWalk.OpenFolderOf(parent, _root, item.Name, out var last);
                Say(item, step(this, item, folder, last));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                var words = SystemError.Words(exception);
                Say(item, SystemError.Of(exception) is Errno.AccessDenied or Errno.NotPermitted
                    ? $"cannot be written: {words}; {PushBrings}"
                    : $"cannot be written: {words}");
            }
        }

        private void Say(FileItem item, string problem)
        {
            if (problem.Length > 0)
            {
                problems.Add(item.Name.Length == 0 ? $"it {problem}" : $"'{item.Name}' {problem}");
            }
        }
    }
}
