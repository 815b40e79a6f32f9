namespace Compeer.Engine.PerformanceData;

/// <summary>When the commands that are given whole files of performance data run next.</summary>
internal sealed class PerformanceClock
{
    private TimeSpan? _hosts;
    private TimeSpan? _services;

    /// <summary>The next time, monotonic; null before the first.</summary>
    public TimeSpan? Next(bool isHost) => isHost ? _hosts : _services;

    /// <summary>Takes note of one.</summary>
    public void Run(bool isHost, TimeSpan? next)
    {
        if (isHost)
        {
            _hosts = next;
        }
        else
        {
            _services = next;
        }
    }
}
