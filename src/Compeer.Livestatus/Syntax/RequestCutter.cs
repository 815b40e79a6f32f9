using System.Diagnostics.CodeAnalysis;

namespace Compeer.Livestatus.Syntax;

/// <summary>
/// Cuts what a client sends into requests: lines up to an empty one, or up to where the client stops sending; after a command also up to
/// a line that is another request. What is kept of an
/// unfinished request is bounded.
/// </summary>
public sealed class RequestCutter
{
    /// <summary>Longest line, bytes.</summary>
    public const int LongestLine = 64 * 1024;

    /// <summary>Longest request, bytes.</summary>
    public const int LongestRequest = 1024 * 1024;

    private byte[] _kept = [];
    private int _length;
    private int _seen;
    private int _lineStart;

    /// <summary>Whether part of a request is there.</summary>
    public bool HasBegun => _length > 0;

    /// <summary>What is wrong with what came; nothing more can be read then.</summary>
    public RequestError? Error { get; private set; }

    /// <summary>Takes bytes in.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _kept.Length)
        {
            Array.Resize(ref _kept, Math.Max(1024, 2 * (_length + bytes.Length)));
        }

        bytes.CopyTo(_kept.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Takes a whole request out: its lines, none when it is empty.</summary>
    /// <param name="lines">They, without their ends.</param>
    public bool TryTake([NotNullWhen(true)] out IReadOnlyList<ReadOnlyMemory<byte>>? lines)
    {
        lines = null;
        for (; Error is null && _seen < _length; _seen++)
        {
            if (_kept[_seen] != (byte)'\n')
            {
                if (_seen - _lineStart >= LongestLine)
                {
                    Error = new RequestError(ResponseCode.IncompleteRequest, $"a line of a request has at most {LongestLine} bytes");
                }

                continue;
            }

            if (IsEmpty(_kept.AsSpan(_lineStart, _seen - _lineStart)))
            {
                lines = Cut(_lineStart, next: _seen + 1);
                return true;
            }

            if (IsBehindCommand(_kept.AsSpan(_lineStart, _seen - _lineStart)))
            {
                lines = Cut(_lineStart, next: _lineStart);
                return true;
            }

            _lineStart = _seen + 1;
            if (_lineStart > LongestRequest)
            {
                Error = new RequestError(ResponseCode.IncompleteRequest, $"a request has at most {LongestRequest} bytes");
            }
        }

        return false;
    }

    /// <summary>The client sends nothing more: takes out what is a request all the same.</summary>
    public bool TryTakeLast([NotNullWhen(true)] out IReadOnlyList<ReadOnlyMemory<byte>>? lines)
    {
        lines = null;
        if (Error is null && _lineStart < _length)
        {
            Error = new RequestError(ResponseCode.IncompleteRequest, "the client stopped sending while its request was incomplete");
        }

        if (Error is not null || _length == 0)
        {
            return false;
        }

        lines = Cut(_length, _length);
        return true;
    }

    /// <summary>Whether a line begins another request although no empty line ended a command: Nagstamon gives several commands at once, and
    /// NagVis asks on after one. (Naemon keeps such lines for the next request.)</summary>
    private bool IsBehindCommand(ReadOnlySpan<byte> line) => _lineStart > 0
        && _kept.AsSpan().StartsWith("COMMAND "u8)
        && (line.StartsWith("COMMAND "u8) || line.StartsWith("GET "u8));

    private static bool IsEmpty(ReadOnlySpan<byte> line) => line.IsEmpty || line is [(byte)'\r'];

    private List<ReadOnlyMemory<byte>> Cut(int end, int next)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        var request = _kept[..end];
        var start = 0;
        for (var i = 0; i < request.Length; i++)
        {
            if (request[i] == (byte)'\n')
            {
                lines.Add(request.AsMemory(start, i - start));
                start = i + 1;
            }
        }

        _kept = next == _length ? [] : _kept[next.._length];
        _length = _kept.Length;
        _seen = 0;
        _lineStart = 0;
        return lines;
    }
}
