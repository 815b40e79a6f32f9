using System.Text;
using Compeer.Configuration.Text;

namespace Compeer.Daemon.Log;

/// <summary>
/// What the daemon has to say of itself: into the monitoring log, where Naemon's users look for it. Refused
/// connections can be caused by anybody, so only so many of them are written in a minute, counted by their reason: a
/// flood of one kind does not hide another. May be called from any thread.
/// </summary>
internal sealed class DaemonLog(MonitoringLog log, TimeProvider timeProvider)
{
    private const int RefusalsPerMinute = 20;
    private const int ReasonsPerMinute = 20;

    private readonly Lock _lock = new();
    private long _minute;
    private readonly Dictionary<string, int> _refusals = new(StringComparer.Ordinal);
    private int _suppressed;

    /// <summary>When the log was begun anew last; null for not since the start.</summary>
    public DateTimeOffset? LastRotation => log.LastRotation;

    public void Information(string text) => Write(text);

    public void Warning(string text) => Write("Warning: " + text);

    public void Error(string text) => Write("Error: " + text);

    /// <summary>A connection from outside was refused.</summary>
    public void Refused(string remote, string reason)
    {
        var minute = timeProvider.GetUtcNow().ToUnixTimeSeconds() / 60;
        var suppressed = 0;
        lock (_lock)
        {
            if (minute != _minute)
            {
                suppressed = _suppressed;
                _suppressed = 0;
                _minute = minute;
                _refusals.Clear();
            }

            var count = _refusals.GetValueOrDefault(reason);
            if (count == RefusalsPerMinute || (count == 0 && _refusals.Count == ReasonsPerMinute))
            {
                _suppressed++;
                return;
            }

            _refusals[reason] = count + 1;
        }

        if (suppressed > 0)
        {
            Warning($"{suppressed} more connections were refused in the last minute that had any");
        }

        Warning($"refused {remote}: {reason}");
    }

    /// <summary>One line whatever is in the text: what comes from outside must not forge lines of its own.</summary>
    private void Write(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            line.Append(char.IsControl(character) ? ' ' : character);
        }

        log.Write(timeProvider.GetUtcNow(), ConfigurationText.Encode(line.ToString()));
    }
}
