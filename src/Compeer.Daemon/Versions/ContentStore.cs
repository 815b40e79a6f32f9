using System.Globalization;
using System.Security.Cryptography;
using Compeer.Configuration.Versions;
using Compeer.Platform.Files;

namespace Compeer.Daemon.Versions;

/// <summary>
/// Files by the hash of their content, each once however many configurations have it. What is read is what was written, or
/// nothing: a file that a broken disk changed counts as absent. Any thread may call it.
/// </summary>
internal sealed class ContentStore(string folder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string UnfinishedSuffix = ".new";

    private long _unfinished;

    /// <summary>Whether content with this hash is here; a broken one may count until it is read.</summary>
    public bool Has(string hash) => File.Exists(PathOf(hash));

    /// <summary>The content with this hash; null when it is not here, or not what it should be.</summary>
    public ReadOnlyMemory<byte>? Read(string hash)
    {
        var path = PathOf(hash);
        try
        {
            var content = File.ReadAllBytes(path);
            if (ConfigurationManifest.HashOf(content) == hash)
            {
                return content;
            }

            // It can be fetched again, or kept again, only when it counts as absent.
            File.Delete(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // Not here.
        }

        return null;
    }

    /// <summary>Keeps content; durable after <see cref="Sync"/>.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string hash, ReadOnlySpan<byte> content)
    {
        var path = PathOf(hash);
        if (File.Exists(path) && Read(hash) is not null)
        {
            return;
        }

        MakeFolderOf(path);
        var unfinished = string.Create(
            CultureInfo.InvariantCulture, $"{path}.{Interlocked.Increment(ref _unfinished)}{UnfinishedSuffix}");
        using (var file = new FileStream(unfinished, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = OwnerOnly,
        }))
        {
            file.Write(content);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>Where content that comes in pieces is gathered until it is whole.</summary>
    public string UnfinishedOf(string hash) => PathOf(hash) + UnfinishedSuffix;

    /// <summary>Puts a piece of content to those before it.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Append(string hash, long offset, ReadOnlySpan<byte> piece)
    {
        var path = UnfinishedOf(hash);
        MakeFolderOf(path);
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = offset == 0 ? FileMode.Create : FileMode.Append,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = OwnerOnly,
        });
        file.Write(piece);
    }

    /// <summary>Keeps content that was gathered, if it is what its hash says; else it is deleted.</summary>
    public bool Finish(string hash)
    {
        var unfinished = UnfinishedOf(hash);
        using (var file = File.OpenRead(unfinished))
        {
            if (Convert.ToHexStringLower(SHA256.HashData(file)) != hash)
            {
                file.Dispose();
                File.Delete(unfinished);
                return false;
            }
        }

        File.Move(unfinished, PathOf(hash), overwrite: true);
        return true;
    }

    /// <summary>A piece of content, and its length as a whole; null when it is not here.</summary>
    public (long Total, ReadOnlyMemory<byte> Data)? ReadPiece(string hash, long offset, int length)
    {
        try
        {
            using var file = File.OpenHandle(PathOf(hash));
            var total = RandomAccess.GetLength(file);
            var data = new byte[Math.Clamp(total - offset, 0, length)];
            var read = RandomAccess.Read(file, data, offset);
            return (total, data.AsMemory(0, read));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Makes all that was written durable.</summary>
    public void Sync()
    {
        using var opened = OpenFolder.TryOpen(folder, out var problem);
        if (opened is null || !opened.TrySyncAll())
        {
            throw new IOException(problem.Length > 0 ? problem : $"{folder} cannot be brought to the disk");
        }
    }

    /// <summary>Deletes everything but what has one of these hashes, whole or not.</summary>
    public void KeepOnly(IReadOnlySet<string> hashes)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (!hashes.Contains(Path.GetFileName(file).Split('.')[0]))
            {
                File.Delete(file);
            }
        }
    }

    private void MakeFolderOf(string path)
    {
        const UnixFileMode Mode = OwnerOnly | UnixFileMode.UserExecute;
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!, Mode);
        Directory.CreateDirectory(folder, Mode);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, Mode);
    }

    /// <summary>The file of whole content.</summary>
    public string PathOf(string hash) => ConfigurationManifest.IsHash(hash)
        ? Path.Combine(folder, hash[..2], hash)
        : throw new ArgumentException($"'{hash}' is no hash", nameof(hash));
}
