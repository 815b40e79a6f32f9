using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Compeer.Configuration.Synchronisation;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;
using Compeer.Platform.Processes;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Daemon.Synchronisation;

/// <summary>
/// Looks at files and folders. A file is read only when it is not what it was when it was read last, which its size, its times and
/// its number on the device tell; one that changed within the last second is read again, since a change so soon after may not
/// show in the times. For one thread.
/// </summary>
/// <param name="time">The time of day, as files have it.</param>
internal sealed class TreeScanner(TimeProvider time)
{
    private const int BufferBytes = 1 << 17;

    private static readonly TimeSpan Unsure = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Dictionary<string, (FileDetails Details, string Hash)>> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<uint, string> _users = [];
    private readonly Dictionary<uint, string> _groups = [];

    /// <summary>Looks at a path.</summary>
    /// <param name="path">A file or folder, without a slash at its end.</param>
    /// <param name="trusted">The path that merlin.conf names: the same, or one above.</param>
    public TreeScan Scan(string path, string trusted)
    {
        var look = new Look(_read.GetValueOrDefault(path) ?? [], time.GetUtcNow().UtcDateTime);
        try
        {
            using var parent = FolderWalk.OpenParent(path, trusted, make: false);
            var name = Path.GetFileName(path);
            if (parent.DetailsOf(name) is { } details)
            {
                LookAtRoot(look, parent, name, details);
            }
        }
        catch (Exception exception) when (SystemError.Of(exception) is Errno.NoEntry)
        {
            // A folder on the way is not there, nor is the path.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            look.Fault = SystemError.Words(exception);
        }

        _read[path] = look.Now;
        return new TreeScan(look.Fault.Length > 0 ? FileTree.Empty : new FileTree(look.Items), look.Fault, look.Left)
        {
            Unfinished = look.Unfinished,
        };
    }

    /// <summary>Forgets what it knows of all other paths.</summary>
    public void KeepOnly(IReadOnlySet<string> paths)
    {
        foreach (var path in _read.Keys.Where(path => !paths.Contains(path)).ToArray())
        {
            _read.Remove(path);
        }
    }

    /// <summary>SHA-256 of what is left of a file, hexadecimal.</summary>
    public static string HashOf(SafeFileHandle file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        var offset = 0L;
        for (var read = 1; read > 0; offset += read)
        {
            read = RandomAccess.Read(file, buffer, offset);
            hash.AppendData(buffer, 0, read);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void LookAtRoot(Look look, HeldFolder parent, string name, FileDetails details)
    {
        switch (details.Type)
        {
            case FileType.File:
                LookAtFile(look, parent, name, "", details);
                look.Fault = look.Left.Count > 0 ? look.Left[0] : look.Fault;
                break;
            case FileType.Folder:
                using (var folder = parent.OpenFolder(name))
                {
                    LookInto(look, folder, "", details);
                }

                break;
            case FileType.Link:
                look.Fault = "it is a link; the sync block has to name what it leads to";
                break;
            default:
                look.Fault = "it is no file and no folder";
                break;
        }
    }

    private void LookInto(Look look, HeldFolder folder, string name, FileDetails details)
    {
        look.Items.Add(new FileItem(name, FileKind.Folder)
        {
            Mode = details.Mode & FileItem.ModeMask,
            User = UserOf(details),
            Group = GroupOf(details),
        });
        foreach (var last in folder.Names())
        {
            if (look.Fault.Length > 0)
            {
                return;
            }

            var inside = name.Length == 0 ? last : $"{name}/{last}";
            if (last.StartsWith(FileNames.UnfinishedPrefix, StringComparison.Ordinal))
            {
                look.Unfinished.Add(inside);
                continue;
            }

            if (look.Items.Count >= FileTree.MaxItems)
            {
                look.Fault = $"it has more than {FileTree.MaxItems} files; 'mon oconf push' brings it";
            }
            else if (FileNames.Problem(inside) is { Length: > 0 } problem)
            {
                look.Leave(inside, isNamed: false, $"has {problem}");
            }
            else if (folder.DetailsOf(last) is { } found)
            {
                LookAt(look, folder, last, inside, found);
            }
        }
    }

    private void LookAt(Look look, HeldFolder folder, string last, string name, FileDetails details)
    {
        switch (details.Type)
        {
            case FileType.File:
                LookAtFile(look, folder, last, name, details);
                break;
            case FileType.Folder:
                try
                {
                    using var inner = folder.OpenFolder(last);
                    LookInto(look, inner, name, details);
                }
                catch (IOException exception)
                {
                    look.Leave(name, isNamed: true, $"cannot be read: {SystemError.Words(exception)}");
                }

                break;
            case FileType.Link:
                var target = new FileInfo(folder.PathOf(last)).LinkTarget ?? "";
                if (FileNames.ProblemOfLink(name, target) is { Length: > 0 } leads)
                {
                    look.Leave(name, isNamed: true, $"is a link that {leads}, to '{target}'");
                }
                else
                {
                    look.Items.Add(new FileItem(name, FileKind.Link) { Target = target });
                }

                break;
            default:
                look.Leave(name, isNamed: true, "is no file, folder or link");
                break;
        }
    }

    private void LookAtFile(Look look, HeldFolder folder, string last, string name, FileDetails details)
    {
        if (details.Bytes > FileTree.MaxFileBytes)
        {
            look.Leave(
                name,
                isNamed: true,
                $"has {details.Bytes} bytes; at most {FileTree.MaxFileBytes} go over the link, 'mon oconf push' brings it");
            return;
        }

        if ((look.Bytes += details.Bytes) > FileTree.MaxBytes)
        {
            look.Fault = $"its files have more than {FileTree.MaxBytes} bytes; 'mon oconf push' brings it";
            return;
        }

        try
        {
            if (HashOf(look, folder, last, name, details) is { } hash)
            {
                look.Items.Add(new FileItem(name, FileKind.File)
                {
                    Mode = details.Mode & FileItem.ModeMask,
                    User = UserOf(details),
                    Group = GroupOf(details),
                    Modified = details.Modified,
                    Bytes = details.Bytes,
                    Hash = hash,
                });
            }
            else
            {
                look.Leave(name, isNamed: true, "is being written");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            look.Leave(name, isNamed: true, $"cannot be read: {SystemError.Words(exception)}");
        }
    }

    /// <summary>The hash of a file; null when it changed while it was read.</summary>
    private static string? HashOf(Look look, HeldFolder folder, string last, string name, FileDetails details)
    {
        var isKnown = look.Before.TryGetValue(name, out var known) && known.Details == details;
        if (!isKnown)
        {
            using var file = folder.OpenFile(last);
            var hash = HashOf(file);
            if (folder.DetailsOf(last) != details)
            {
                return null;
            }

            known = (details, hash);
        }

        if (look.Began.Ticks - details.Changed > Unsure.Ticks)
        {
            look.Now[name] = known;
        }

        return known.Hash;
    }

    private string UserOf(FileDetails details) => Named(_users, details.Owner.User, id => SystemUser.Find(id)?.Name);

    private string GroupOf(FileDetails details) => Named(_groups, details.Owner.Group, id => SystemGroup.Find(id)?.Name);

    /// <summary>A name without blanks, which separate the words of a manifest; else the number.</summary>
    private static string Named(Dictionary<uint, string> names, uint id, Func<uint, string?> find)
    {
        if (!names.TryGetValue(id, out var name))
        {
            name = find(id) is { Length: > 0 } known && !known.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter))
                ? known
                : id.ToString(CultureInfo.InvariantCulture);
            names.Add(id, name);
        }

        return name;
    }

    /// <summary>One look at one path.</summary>
    private sealed class Look(Dictionary<string, (FileDetails Details, string Hash)> before, DateTime began)
    {
        public DateTime Began { get; } = began;

        public Dictionary<string, (FileDetails Details, string Hash)> Before { get; } = before;

        public Dictionary<string, (FileDetails Details, string Hash)> Now { get; } = new(StringComparer.Ordinal);

        public List<FileItem> Items { get; } = [];

        public long Bytes { get; set; }

        public string Fault { get; set; } = "";

        public List<string> Left { get; } = [];

        public List<string> Unfinished { get; } = [];

        public void Leave(string name, bool isNamed, string why)
        {
            if (isNamed && name.Length > 0)
            {
                Items.Add(new FileItem(name, FileKind.Left));
            }

            Left.Add(name.Length == 0 ? $"it {why}" : $"'{name.Replace('\uFFFD', '?')}' {why}");
        }
    }
}
