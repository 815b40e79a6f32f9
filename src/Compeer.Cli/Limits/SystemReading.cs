using System.Globalization;
using Compeer.Api;

namespace Compeer.Cli.Limits;

/// <summary>Reads what the kernel tells about its limits in files.</summary>
/// <param name="root">The folder that <c>proc</c> and <c>sys</c> are in: empty for the machine itself.</param>
/// <param name="pid">The running mond; null when there is none, and what this process has is looked at instead.</param>
/// <param name="paths">Where mond's files are.</param>
internal sealed class SystemReading(string root, int? pid, MonitorPaths paths)
{
    /// <summary>Where mond's files are.</summary>
    public MonitorPaths Paths => paths;

    private string ProcessFolder => pid is { } number ? string.Create(CultureInfo.InvariantCulture, $"/proc/{number}") : "/proc/self";

    /// <summary>Whose limits are shown.</summary>
    public string Whose => pid is null ? "of this shell, as mond does not run" : "of mond";

    /// <summary>A file with a number; null when it is not there or holds none. "max" is without limit.</summary>
    public long? Number(string file) => NumberOf(Text(file)?.Trim());

    /// <summary>The hard limit of mond's process that a line of <c>/proc/PID/limits</c> begins with; see proc_pid_limits(5).</summary>
    public long? HardLimit(string name)
    {
        var line = Text(ProcessFolder + "/limits")?.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        var columns = line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return columns is [_, var hard, ..] ? NumberOf(hard) : null;
    }

    /// <summary>The most processes and threads that mond's control group may have, or a group above it; see cgroups(7).</summary>
    public long? GroupProcesses()
    {
        var group = Text(ProcessFolder + "/cgroup")?.Split('\n').FirstOrDefault(line => line.StartsWith("0::", StringComparison.Ordinal));
        if (group is null)
        {
            return null;
        }

        long? least = null;
        for (var folder = group[3..].TrimEnd('/'); folder.Length > 0; folder = folder[..folder.LastIndexOf('/')])
        {
            least = Number($"/sys/fs/cgroup{folder}/pids.max") is { } limit ? Math.Min(limit, least ?? long.MaxValue) : least;
        }

        return least;
    }

    /// <summary>The two numbers of a file such as <c>ip_local_port_range</c>; null when it is not there.</summary>
    public (long First, long Last)? Range(string file) =>
        Text(file)?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var first, var last]
        && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
        && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var to)
            ? (from, to)
            : null;

    private static long? NumberOf(string? text) => text is "max" or "unlimited" ? long.MaxValue
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : null;

    private string? Text(string file)
    {
        try
        {
            return File.ReadAllText(root + file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
