using System.Collections;

namespace Compeer.Execution.Processes;

/// <summary>
/// The environment variables that plugins see. Naemon hands its own environment to plugins, and sites rely on it
/// (proxies, library paths and credentials set in the service's unit file), so that is the default here too, without what
/// the service manager meant for the daemon alone.
/// </summary>
public static class PluginEnvironment
{
    /// <summary>The search path given to plugins when the daemon has none of its own.</summary>
    public const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    // systemd's own protocol variables: a plugin that used them would speak to the service manager in the daemon's name.
    private static readonly string[] Private =
        ["NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC", "LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "INVOCATION_ID",
            "JOURNAL_STREAM"];

    /// <summary>This process's variables as they are now, without the service manager's, and with a PATH in any case.</summary>
    public static IReadOnlyDictionary<string, string> Inherited()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        foreach (var name in Private)
        {
            variables.Remove(name);
        }

        variables.TryAdd("PATH", DefaultPath);
        return variables;
    }
}
