using System.Globalization;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;
using Compeer.Platform.Processes;

namespace Compeer.Cli.Commands;

/// <summary>The folder for files that are overwritten or deleted by what comes from another node: one for each time.</summary>
internal static class BackupFolder
{
    private const string Format = "yyyyMMdd-HHmmss";

    /// <summary>Where the next ones go: below a folder in which nobody but who writes there, and root, decides what there is.</summary>
    public static string Of(CommandContext context)
    {
        (var folder, _) = Find(context);
        return $"{folder}/{context.Time.GetLocalNow().ToString(Format, CultureInfo.InvariantCulture)}";
    }

    /// <summary>Lets the oldest go, see <see cref="BackupSets"/>; not as root in another user's folder, where that user could lead
    /// it elsewhere.</summary>
    public static void Prune(CommandContext context)
    {
        (var folder, var isOwn) = Find(context);
        if (!isOwn)
        {
            return;
        }

        try
        {
            BackupSets.Prune(
                folder, name => DateTime.TryParseExact(name, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            context.Error.WriteLine($"{folder}: the oldest backups are not removed: {SystemError.Words(e)}");
        }
    }

    private static (string Folder, bool IsOwn) Find(CommandContext context)
    {
        var paths = context.Paths;
        return IsOwn(paths.Prefix) ? ($"{paths.Prefix}/backup", true) : ($"{paths.VariableFolder}/backup", IsOwn(paths.VariableFolder));

        static bool IsOwn(string folder) => FileOwner.Of(folder)?.User == SystemUser.EffectiveId;
    }
}
