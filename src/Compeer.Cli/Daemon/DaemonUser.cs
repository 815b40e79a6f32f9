using System.Globalization;
using Compeer.Api;
using Compeer.Platform.Files;
using Compeer.Platform.Processes;

namespace Compeer.Cli.Daemon;

/// <summary>Whom root runs <c>mond</c> as: whoever has the tree's variable folder already, or the user <c>monitor</c>.</summary>
internal static class DaemonUser
{
    /// <summary>The user that packages of op5 and its kin make.</summary>
    public const string UsualName = "monitor";

    /// <summary>The user; null when this process is not root's, or when there is nobody but root.</summary>
    public static SystemUser? Find(MonitorPaths paths)
    {
        if (!SystemUser.IsRoot)
        {
            return null;
        }

        var folder = Directory.Exists(paths.VariableFolder) ? paths.VariableFolder : paths.Prefix;
        return FileOwner.Of(folder) is { User: not 0 } owner
            ? SystemUser.Find(owner.User) ?? new SystemUser("", owner.User, owner.Group, Home: "/")
            : SystemUser.Find(UsualName);
    }

    /// <summary>The name to show.</summary>
    public static string NameOf(SystemUser user) =>
        user.Name.Length > 0 ? user.Name : user.Id.ToString(CultureInfo.InvariantCulture);
}
