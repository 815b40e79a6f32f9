using Compeer.Cli.Transfer;
using Compeer.Configuration.Nodes;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;
using Compeer.Platform.Processes;

namespace Compeer.Cli.Commands;

/// <summary>Where a file or folder of a <c>sync</c> block of another node goes on this one.</summary>
internal static class ReceivedPath
{
    /// <summary>The place, made ready; or why there is none.</summary>
    /// <param name="text">The source there, a tab, and the destination.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    /// <param name="isDryRun">Whether nothing may be made.</param>
    public static TransferLine Prepare(string text, bool isFolder, bool isDryRun)
    {
        if (text.Split(TransferLine.Separator) is not [var source, var destination]
            || SyncEntry.Problem(source).Length > 0 || SyncEntry.Problem(destination).Length > 0)
        {
            return Refused("the path is not understood");
        }

        var target = new SyncEntry(source, destination).TargetOf(isFolder, Directory.Exists(destination));
        if (LinkOnTheWay(target) is { } link)
        {
            return Refused($"{target} leads out, through the link {link}, which is neither root's nor of the user who logs in");
        }

        if (new FileInfo(target).LinkTarget is null && (isFolder ? File.Exists(target) : Directory.Exists(target)))
        {
            return Refused($"{target} is a {(isFolder ? "file" : "folder")} where it goes");
        }

        try
        {
            if (!isDryRun)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            }

            return new TransferLine(TransferVerb.Target, target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refused($"{target} cannot be made: {SystemError.Words(e)}");
        }
    }

    /// <summary>A folder on the way that is a link, where that is somebody's doing who must not decide where this user writes.</summary>
    private static string? LinkOnTheWay(string target)
    {
        for (var path = Path.GetDirectoryName(target); path is { Length: > 1 }; path = Path.GetDirectoryName(path))
        {
            if (new FileInfo(path).LinkTarget is not null && FileOwner.Of(Path.GetDirectoryName(path)!) is { } owner
                && owner.User != 0 && owner.User != SystemUser.EffectiveId)
            {
                return path;
            }
        }

        return null;
    }

    private static TransferLine Refused(string reason) => new(TransferVerb.Refused, reason);
}
