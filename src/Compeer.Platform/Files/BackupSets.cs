namespace Compeer.Platform.Files;

/// <summary>
/// How many backups stay of files that another node's replaced: folders in one folder, one for each time, whose names sort by time.
/// </summary>
public static class BackupSets
{
    /// <summary>The most times that are kept.</summary>
    public const int MaxSets = 200;

    /// <summary>The most bytes that are kept, in all of them.</summary>
    public const long MaxBytes = 512L << 20;

    /// <summary>Lets the oldest go, those beyond <see cref="MaxSets"/> or <see cref="MaxBytes"/>.</summary>
    /// <param name="folder">Where they are; nobody may be able to write there but who calls this, and root.</param>
    /// <param name="isSet">Which folders in it count, by name; others stay as they are.</param>
    /// <exception cref="IOException">One cannot be read or removed.</exception>
    public static void Prune(string folder, Predicate<string> isSet)
    {
        ArgumentNullException.ThrowIfNull(isSet);
        if (!Directory.Exists(folder))
        {
            return;
        }

        var (sets, bytes) = (0, 0L);
        foreach (var set in Directory.EnumerateDirectories(folder).Where(set => isSet(Path.GetFileName(set)))
            .OrderDescending(StringComparer.Ordinal))
        {
            sets++;
            bytes += new DirectoryInfo(set).EnumerateFiles("*", SearchOption.AllDirectories)
                .Where(file => file.LinkTarget is null).Sum(file => file.Length);
            if (sets > MaxSets || bytes > MaxBytes)
            {
                Directory.Delete(set, recursive: true);
            }
        }
    }
}
