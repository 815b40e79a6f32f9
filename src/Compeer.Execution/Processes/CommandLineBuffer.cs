namespace Compeer.Execution.Processes;

/// <summary>The words of one command line, each ended by a NUL, one after the other; used again for the next.</summary>
internal sealed class CommandLineBuffer
{
    private byte[] _text = new byte[1024];
    private int[] _starts = new int[64];
    private int _length;

    /// <summary>The words' bytes; <see cref="Start"/> says where each begins.</summary>
    internal byte[] Text => _text;

    /// <summary>How many words there are.</summary>
    internal int Count { get; private set; }

    /// <summary>How many of the first words are assignments.</summary>
    internal int Assignments { get; private set; }

    internal int Start(int word) => _starts[word];

    internal ReadOnlySpan<byte> Word(int word)
    {
        var end = word + 1 < Count ? _starts[word + 1] : _length;
        return _text.AsSpan(_starts[word]..(end - 1));
    }

    /// <summary>Empties the buffer and makes room for any command line of this length.</summary>
    internal void Clear(int commandLineLength)
    {
        // A word needs at least one byte of the line and a blank after it; each adds one NUL.
        if (_text.Length < commandLineLength + 2)
        {
            _text = new byte[Math.Max(commandLineLength + 2, 2 * _text.Length)];
        }

        _length = 0;
        Count = 0;
        Assignments = 0;
    }

    internal void BeginWord()
    {
        if (Count == _starts.Length)
        {
            Array.Resize(ref _starts, 2 * Count);
        }

        _starts[Count++] = _length;
    }

    internal void Append(byte value) => _text[_length++] = value;

    internal void Append(ReadOnlySpan<byte> values)
    {
        values.CopyTo(_text.AsSpan(_length));
        _length += values.Length;
    }

    /// <summary>Takes back the word that was begun last and not ended.</summary>
    internal void AbandonWord() => _length = _starts[--Count];

    internal void EndWord(bool isAssignment)
    {
        _text[_length++] = 0;
        if (isAssignment && Assignments == Count - 1)
        {
            Assignments++;
        }
    }
}
