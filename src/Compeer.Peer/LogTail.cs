namespace Compeer.Peer;

/// <summary>
/// The end of the log that an earlier run left: lines that are in the log, while the database may not say so. A process can be killed
/// between the two; what comes again from other nodes is not written twice then. Of each line only its time and a hash are kept.
/// </summary>
public sealed class LogTail
{
    private readonly Dictionary<(long Second, ulong Hash), int> _lines = [];

    /// <summary>Whether all that was there was found again.</summary>
    public bool IsEmpty => _lines.Count == 0;

    /// <summary>A line that is there.</summary>
    /// <param name="second">The time in front of it, seconds since 1970.</param>
    /// <param name="text">What follows the time, without the end of the line.</param>
    public void Add(long second, ReadOnlySpan<byte> text)
    {
        var key = KeyOf(second, text);
        _lines[key] = _lines.GetValueOrDefault(key) + 1;
    }

    /// <summary>Whether a line is there; each is found once.</summary>
    /// <param name="second">The time in front of it, seconds since 1970.</param>
    /// <param name="text">What follows the time, without the end of the line.</param>
    public bool Remove(long second, ReadOnlySpan<byte> text)
    {
        if (_lines.Count == 0)
        {
            return false;
        }

        var key = KeyOf(second, text);
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

    private static (long Second, ulong Hash) KeyOf(long second, ReadOnlySpan<byte> text)
    {
        // FNV-1a: nobody gains by two lines of one second that are the same to it.
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var value in text)
        {
            hash = (hash ^ value) * 1_099_511_628_211UL;
        }

        return (second, hash);
    }
}
