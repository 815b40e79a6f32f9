namespace Compeer.Livestatus.Log;

/// <summary>Takes the parts of a line one after the other, which semicolons stand between. At the end there are no more: each is
/// empty then.</summary>
/// <param name="line">The line.</param>
/// <param name="at">Where the first part begins.</param>
internal ref struct LogFieldReader(ReadOnlySpan<byte> line, int at)
{
    private readonly ReadOnlySpan<byte> _line = line;
    private int _at = Math.Min(at, line.Length);

    /// <summary>The next part.</summary>
    public LogField Next()
    {
        var rest = _line[_at..];
        var length = rest.IndexOf((byte)';');
        length = length < 0 ? rest.Length : length;
        var field = new LogField((ushort)_at, (ushort)length);
        _at = Math.Min(_at + length + 1, _line.Length);
        return field;
    }
}
