using Compeer.Engine.Model;

namespace Compeer.Engine.Macros;

/// <summary>Writes a list with a delimiter between its entries; empty entries are left out (Naemon).</summary>
internal ref struct DelimitedList(TextBuffer output, ReadOnlySpan<char> delimiter)
{
    private readonly ReadOnlySpan<char> _delimiter = delimiter;
    private bool _hasEntries;
    private int _beforeDelimiter;
    private int _start;

    /// <summary>An entry is about to be written.</summary>
    public void Begin()
    {
        _beforeDelimiter = output.Length;
        output.Add(_hasEntries && output.Length <= EngineLimits.CommandLine ? _delimiter : default);
        _start = output.Length;
    }

    /// <summary>The entry was written. Nothing more is kept once the text is longer than any command line may be.</summary>
    public void End()
    {
        var isTooLong = _beforeDelimiter > EngineLimits.CommandLine;
        if (output.Length == _start || isTooLong)
        {
            output.Truncate(_beforeDelimiter);
            return;
        }

        _hasEntries = true;
    }
}
