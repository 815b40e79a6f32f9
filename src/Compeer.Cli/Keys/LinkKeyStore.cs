using System.Collections.Immutable;
using Compeer.Cli.Outcome;
using Compeer.Configuration.Nodes;
using Compeer.Platform.Files;

namespace Compeer.Cli.Keys;

/// <summary>
/// The link keys of other nodes that this one was given, a file each: that of a configured node where merlin.conf, or its name,
/// says; that of a node which is not configured yet under the name that it calls itself. A key never takes another's place by
/// itself.
/// </summary>
internal sealed class LinkKeyStore(string merlinFolder)
{
    private const string NamesKey = "names = ";
    private const int LargestFile = 1 << 16;

    private const UnixFileMode ModeOfFile =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>The key of a configured node; null when there is none that can be read.</summary>
    public LinkKey? Find(NodeDefinition node) => Read(Path.Combine(merlinFolder, NodeKeyFile.Of(node)))?.Key;

    /// <summary>Takes a key into a file of this folder, unless there is another one.</summary>
    /// <param name="file">The file, see <see cref="NodeKeyFile"/>.</param>
    /// <param name="key">The key.</param>
    /// <param name="names">What its node is called, by itself and by others, and its addresses.</param>
    /// <param name="replace">Whether it may take another's place.</param>
    /// <exception cref="MonException">It cannot be written.</exception>
    public KeptLinkKey Keep(string file, LinkKey key, IEnumerable<string> names, bool replace)
    {
        var path = Path.Combine(merlinFolder, file);
        var folder = Path.GetDirectoryName(path)!;
        try
        {
            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder);
                FileOwner.GiveToOwnerOf(merlinFolder, folder);
            }

            using var open = OpenFolder.TryOpen(folder, out var problem) ?? throw new MonException(problem);
            open.TryLock();
            var old = Read(path);
            var before = old?.Key == key ? old.Value.Names : [];
            ImmutableArray<string> all = [.. before.Concat(names).Distinct(StringComparer.OrdinalIgnoreCase)];
            if (old?.Key == key && all.Length == old.Value.Names.Length)
            {
                return new KeptLinkKey(KeptLinkKeyState.Known, key);
            }

            if (old is { } other && other.Key != key && !replace)
            {
                return new KeptLinkKey(KeptLinkKeyState.Refused, other.Key);
            }

            Write(path, folder, $"{NamesKey}{string.Join(' ', all)}\n{key.ToPem()}");
            open.TrySync();
            return old is null
                ? new KeptLinkKey(KeptLinkKeyState.Taken, key)
                : new KeptLinkKey(old.Value.Key == key ? KeptLinkKeyState.Known : KeptLinkKeyState.Replaced, old.Value.Key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MonException.FromFile(path, e);
        }
    }

    /// <summary>Forgets the key of a node whose block named no file for it; nothing where there is none.</summary>
    /// <exception cref="MonException">It cannot be removed.</exception>
    public void Forget(string name)
    {
        var path = Path.Combine(merlinFolder, NodeKeyFile.Of(name));
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // There was never a key.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MonException.FromFile(path, e);
        }
    }

    /// <summary>Looks for the key of a node that is just being configured, among those of nodes that were not, by what they were
    /// called, and keeps it for that node.</summary>
    /// <param name="name">Its name, or the first of what it may have been called.</param>
    /// <param name="others">Its address and what else it may have been called; asked for only when there is a key to compare with.</param>
    /// <returns>The key; null when none was given.</returns>
    /// <exception cref="MonException">It cannot be written.</exception>
    public LinkKey? Claim(string name, IEnumerable<string> others)
    {
        var file = NodeKeyFile.Of(name);
        if (Read(Path.Combine(merlinFolder, file)) is { } own)
        {
            return own.Key;
        }

        string[]? called = null;
        foreach (var given in Files().Select(Read).OfType<(LinkKey Key, ImmutableArray<string> Names)>())
        {
            called ??= [name, .. others];
            if (given.Names.Intersect(called, StringComparer.OrdinalIgnoreCase).Any())
            {
                Keep(file, given.Key, [name, .. given.Names], replace: false);
                return given.Key;
            }
        }

        return null;
    }

    private IEnumerable<string> Files()
    {
        var folder = Path.Combine(merlinFolder, NodeKeyFile.Folder);
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*" + NodeKeyFile.Extension).Order(StringComparer.Ordinal)
            : [];
    }

    private static (LinkKey Key, ImmutableArray<string> Names)? Read(string path)
    {
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length > LargestFile)
            {
                return null;
            }

            var text = File.ReadAllText(path);
            var names = text.Split('\n').FirstOrDefault(line => line.StartsWith(NamesKey, StringComparison.Ordinal));
            return LinkKey.FromPem(text) is { } key
                ? (key, [.. names?[NamesKey.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? []])
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whole or not at all; and never through a link that somebody else put in its place.</summary>
    private static void Write(string path, string folder, string text)
    {
        var temporary = $"{folder}/.{Path.GetRandomFileName()}";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = ModeOfFile };
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            FileOwner.GiveToOwnerOf(folder, temporary);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
