using Compeer.Engine.Events;

namespace Compeer.Peer;

/// <summary>
/// The end of the log that an earlier run left: lines that are in the log, while the database may not say so. A process can be killed
/// between the two; what comes again from other nodes is not written twice then.
/// </summary>
internal sealed class LogTail
{
    private readonly Dictionary<(long Second, ulong Hash), int> _lines = [];

    /// <summary>Whether all that was there was found again.</summary>
    public bool IsEmpty => _lines.Count == 0;

    /// <summary>A line that is there.</summary>
    public void Add(LogEntry line)
    {
        var key = KeyOf(line);
        _lines[key] = _lines.GetValueOrDefault(key) + 1;
    }

    /// <summary>Whether a line is there; each is found once.</summary>
    public bool Remove(LogEntry line)
    {
        if (_lines.Count == 0)
        {
            return false;
        }

        var key = KeyOf(line);
        if (!_lines.TryGetValue(key, out var count))
        {
            return false;
        }

        if (count == 1)
        {
            _lines.Remove(key);
        }
        else
        {
            _lines[key] = count - 1;
        }

        return true;
    }

    private static (long Second, ulong Hash) KeyOf(LogEntry line)
    {
        // FNV-1a: nobody gains by two lines of one second that are the same to it.
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var value in line.Text.Span)
        {
            hash = (hash ^ value) * 1_099_511_628_211UL;
        }

        return (line.At.ToUnixTimeSeconds(), hash);
    }
}
