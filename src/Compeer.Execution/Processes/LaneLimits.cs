namespace Compeer.Execution.Processes;

/// <summary>How many places each lane has. Together they need no more descriptors than the process may have open.</summary>
/// <param name="Hosts">Of host checks.</param>
/// <param name="Services">Of service checks.</param>
/// <param name="Notifications">Of notifications.</param>
/// <param name="Handlers">Of event handlers.</param>
internal readonly record struct LaneLimits(int Hosts, int Services, int Notifications, int Handlers)
{
    /// <summary>Two pipes and a pidfd.</summary>
    internal const int DescriptorsPerPlugin = 3;

    private const int DefaultHosts = 512;
    private const int DefaultNotifications = 128;
    private const int DefaultHandlers = 64;
    private const int Fewest = 2;
    private const int DescriptorsForOthers = 256;

    /// <summary>The limits for what was asked: with too low a limit on open files each lane gives way by the same part.</summary>
    /// <param name="services"><c>max_concurrent_checks</c>; 0 means without a limit, which is the runner's own.</param>
    /// <param name="openFiles">How many descriptors the process may have open.</param>
    internal static LaneLimits Choose(int services, long openFiles)
    {
        var asked = services == 0 ? PluginRunnerOptions.DefaultMaxConcurrent : services;
        var possible = Math.Max(0, (openFiles - DescriptorsForOthers) / DescriptorsPerPlugin);
        var part = Math.Min(1.0, (double)possible / (asked + DefaultHosts + DefaultNotifications + DefaultHandlers));
        return new LaneLimits(
            Part(DefaultHosts), Math.Min(asked, Part(asked)), Part(DefaultNotifications), Part(DefaultHandlers));

        int Part(int limit) => Math.Max(Fewest, (int)(limit * part));
    }

    internal int Of(Lane lane) => lane switch
    {
        Lane.Hosts => Hosts,
        Lane.Services => Services,
        Lane.Notifications => Notifications,
        Lane.Handlers => Handlers,
        _ => throw new ArgumentOutOfRangeException(nameof(lane), lane, "no such lane"),
    };
}
