using System.Globalization;
using Compeer.Platform.Files;
using Compeer.Platform.Processes;

namespace Compeer.Cli.Commands;

/// <summary>The folder for files that are overwritten or deleted by what comes from another node: one for each time.</summary>
internal static class BackupFolder
{
    /// <summary>Where it is: below a folder in which nobody but who writes there, and root, decides what there is.</summary>
    public static string Of(CommandContext context)
    {
        var paths = context.Paths;
        var above = FileOwner.Of(paths.Prefix)?.User == SystemUser.EffectiveId ? paths.Prefix : paths.VariableFolder;
        var time = context.Time.GetLocalNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return $"{above}/backup/{time}";
    }
}
