using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Tracing;
using System.Globalization;

/// <summary>
/// Loaded into a daemon by DOTNET_STARTUP_HOOKS, it writes how long each garbage collection held all threads, in milliseconds, one line
/// each, into the file that PAUSES_FILE names: from the runtime's own events.
/// </summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "The runtime looks for this name.")]
[SuppressMessage("Naming", "CA1724:Type names should not match namespaces", Justification = "The runtime looks for this name.")]
internal static class StartupHook
{
    private static PauseListener? _listener;

    /// <summary>Called by the runtime before the program begins.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("PAUSES_FILE") is { } file)
        {
            _listener = new PauseListener(file);
        }
    }

    private sealed class PauseListener(string file) : EventListener
    {
        private const EventKeywords GarbageCollection = (EventKeywords)1;
        private const int SuspendBegins = 9;
        private const int RestartEnds = 3;

        private long _suspended;

        /// <inheritdoc/>
        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
            {
                EnableEvents(eventSource, EventLevel.Informational, GarbageCollection);
            }
        }

        /// <inheritdoc/>
        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            var at = eventData.TimeStamp.Ticks;
            if (eventData.EventId == SuspendBegins)
            {
                _suspended = at;
            }
            else if (eventData.EventId == RestartEnds && _suspended != 0)
            {
                var pause = TimeSpan.FromTicks(at - _suspended);
                _suspended = 0;
                File.AppendAllText(file, pause.TotalMilliseconds.ToString("0.000", CultureInfo.InvariantCulture) + "\n");
            }
        }
    }
}
