using System.Collections.Immutable;
using System.Globalization;
using Compeer.Cli.Plugins;
using Compeer.Platform.Errors;

namespace Compeer.Cli.Limits;

/// <summary>Everything about the machine that is looked at, with what mond needs of it and why.</summary>
internal static class SystemChecks
{
    private const long Mebibyte = 1 << 20;

    /// <summary>Three descriptors for each plugin that runs, and a few hundred of mond's own: a thousand plugins at once.</summary>
    private const long OpenFiles = 4_096;

    /// <summary>A thousand plugins at once, most of them with a child or two.</summary>
    private const long Processes = 4_096;

    /// <summary>Thirty times that, so that the numbers of ended processes are not used again at once.</summary>
    private const long ProcessIds = 32_768;

    /// <summary>All processes of the machine, with its other services.</summary>
    private const long Threads = 8_192;

    private const long SystemFiles = 65_536;

    /// <summary>What mond asks the kernel to queue at its sockets.</summary>
    private const long Backlog = 512;

    /// <summary>A port stays taken for a minute after a check over TCP: 160 such checks a second.</summary>
    private const long Ports = 10_000;

    private const long LittleSpace = 1_024 * Mebibyte;
    private const long NoSpace = 256 * Mebibyte;

    /// <summary>In the order in which they are shown.</summary>
    public static ImmutableArray<SystemCheck> All { get; } =
    [
        new("open-files", "how many files mond may have open", reading => AtLeast(
            "open-files", reading.HardLimit("Max open files"), OpenFiles, $"open files {reading.Whose}", "three for each plugin that runs",
            "set LimitNOFILE= with 'systemctl edit mond.service', or nofile in /etc/security/limits.conf for 'mon start'")),
        new("processes", "how many processes mond's user may have", reading => AtLeast(
            "processes", reading.HardLimit("Max processes"), Processes, $"processes {reading.Whose}",
            "one or more for each plugin that runs",
            "set LimitNPROC= with 'systemctl edit mond.service', or nproc in /etc/security/limits.conf for 'mon start'")),
        new("group-processes", "how many processes mond's control group may have", reading => AtLeast(
            "group-processes", reading.GroupProcesses() ?? long.MaxValue, Processes, $"processes in the control group {reading.Whose}",
            "one or more for each plugin that runs", "set TasksMax=infinity with 'systemctl edit mond.service'")),
        Kernel("pid-max", "kernel.pid_max", ProcessIds, "process ids", "used again too soon, a signal could meet another process"),
        Kernel("threads-max", "kernel.threads-max", Threads, "threads on this machine", "each plugin is one"),
        Kernel("file-max", "fs.file-max", SystemFiles, "open files on this machine", "mond's, the plugins' and everybody else's"),
        Kernel("somaxconn", "net.core.somaxconn", Backlog, "connections that may wait to be accepted", "what mond asks for its sockets"),
        new("local-ports", "how many ports outgoing connections have", LookAtPorts),
        new("disk-space", "free space where mond writes", LookAtSpace),
    ];

    private static SystemCheck Kernel(string name, string setting, long needed, string what, string why) =>
        new(name, $"the kernel's {setting}", reading => AtLeast(
            name, reading.Number("/proc/sys/" + setting.Replace('.', '/')), needed, what, why, Sysctl($"{setting} = {needed}")));

    private static SystemFinding AtLeast(string name, long? value, long needed, string what, string why, string remedy) => new(
        name,
        value is null ? PluginState.Unknown
            : value < needed / 4 ? PluginState.Critical
            : value < needed ? PluginState.Warning
            : PluginState.Ok,
        $"{(value is null ? "an unknown number of" : value == long.MaxValue ? "unlimited" : Count(value.Value))} {what}",
        $"needed are {Count(needed)}, {why}",
        remedy);

    private static SystemFinding LookAtPorts(SystemReading reading) => AtLeast(
        "local-ports",
        reading.Range("/proc/sys/net/ipv4/ip_local_port_range") is (var first, var last) ? last - first + 1 : null,
        Ports,
        "ports for outgoing connections",
        "each check over TCP takes one for a minute",
        Sysctl("net.ipv4.ip_local_port_range = 32768 60999"));

    private static SystemFinding LookAtSpace(SystemReading reading)
    {
        var folder = reading.Paths.VariableFolder;
        const string Needed = "needed are 1024 MiB, for the state, the log and earlier configurations";
        const string Remedy = "make room there, or move the folder to another file system";
        try
        {
            // The nearest folder that is there: before the first start there is none of mond's.
            var present = folder;
            while (!Directory.Exists(present))
            {
                present = Path.GetDirectoryName(present)!;
            }

            var free = new DriveInfo(present).AvailableFreeSpace;
            var state = free < NoSpace ? PluginState.Critical : free < LittleSpace ? PluginState.Warning : PluginState.Ok;
            return new SystemFinding("disk-space", state, $"{Count(free / Mebibyte)} MiB free at {folder}", Needed, Remedy);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SystemFinding("disk-space", PluginState.Unknown, $"{folder}: {SystemError.Words(e)}", Needed, Remedy);
        }
    }

    private static string Sysctl(string line) => $"write '{line}' into /etc/sysctl.d/mond.conf, then 'sysctl --system'";

    private static string Count(long number) => number.ToString(CultureInfo.InvariantCulture);
}
