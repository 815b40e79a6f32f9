namespace Compeer.Daemon.ExternalCommands;

/// <summary>Cuts what comes through a pipe into lines. A line that came in part waits for the rest; one that is too long is
/// dropped, whatever of it still comes included.</summary>
internal sealed class CommandLines
{
    /// <summary>Longest line that is taken, bytes.</summary>
    public const int Longest = 64 * 1024;

    private byte[] _kept = [];
    private int _length;
    private bool _isDropping;

    /// <summary>Lines that were dropped since the last look.</summary>
    public int Dropped { get; private set; }

    /// <summary>The whole lines that these bytes complete, without their ends; empty ones are passed over.</summary>
    public IEnumerable<byte[]> Take(ReadOnlyMemory<byte> bytes)
    {
        var start = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes.Span[i] != (byte)'\n')
            {
                continue;
            }

            Keep(bytes.Span[start..i]);
            start = i + 1;
            if (!_isDropping && _length > 0)
            {
                yield return _kept[.._length];
            }

            _length = 0;
            _isDropping = false;
        }

        Keep(bytes.Span[start..]);
    }

    /// <summary>Counts dropped lines from nought again.</summary>
    public void ForgetDropped() => Dropped = 0;

    private void Keep(ReadOnlySpan<byte> part)
    {
        if (_isDropping)
        {
            return;
        }

        if (_length + part.Length > Longest)
        {
            _isDropping = true;
            _length = 0;
            Dropped++;
            return;
        }

        if (_length + part.Length > _kept.Length)
        {
            Array.Resize(ref _kept, Math.Min(Longest, Math.Max(256, 2 * (_length + part.Length))));
        }

        part.CopyTo(_kept.AsSpan(_length));
        _length += part.Length;
    }
}
