using System.Globalization;

namespace Compeer.Configuration.Nodes.Syntax;

/// <summary>
/// Text of merlin.conf to a tree of blocks. Merlin's own rules: one statement a line, ended by the line or by <c>;</c>,
/// comments begin with <c>#</c> where a statement could, <c>{</c> at the end of a line opens a block, <c>}</c> where a
/// statement could begin closes it, and blanks or <c>=</c> part key from value. Beyond Merlin, a block of a known type
/// may stand on one line.
/// </summary>
internal sealed class MerlinSyntaxParser
{
    /// <summary>Largest file: a thousand nodes with long sync blocks are far below it.</summary>
    public const int MaximumBytes = 4 << 20;

    /// <summary>Longest line.</summary>
    public const int MaximumLineBytes = 64 << 10;

    /// <summary>Deepest nesting of blocks; Merlin itself uses 2.</summary>
    public const int MaximumDepth = 8;

    private static readonly string[] BlockTypes =
        [.. NodeKinds.Names, "daemon", "module", "database", "object_config", "sync", "test"];

    private readonly MerlinFindings _findings;
    private readonly string _text;
    private readonly Stack<MerlinBlock> _open = new();
    private int _line;

    private MerlinSyntaxParser(string text, MerlinFindings findings)
    {
        _text = text;
        _findings = findings;
    }

    /// <summary>The file as a block without type. After an error the tree holds what could be understood.</summary>
    public static MerlinBlock Parse(string text, MerlinFindings findings)
    {
        var root = new MerlinBlock("", "", line: 0, start: 0) { End = text.Length };
        if (text.Length > MaximumBytes)
        {
            findings.Error(0, $"the file has {text.Length} bytes; at most {MaximumBytes} are read");
            return root;
        }

        new MerlinSyntaxParser(text, findings).ParseFile(root);
        return root;
    }

    private void ParseFile(MerlinBlock root)
    {
        _open.Push(root);

        // A byte order mark, as editors of another system leave it, is no part of the first key.
        var start = _text.StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal) ? 3 : 0;
        while (start < _text.Length && !_findings.IsFull)
        {
            _line++;
            var end = _text.IndexOf('\n', start);
            end = end < 0 ? _text.Length : end;
            if (end - start > MaximumLineBytes)
            {
                _findings.Error(_line, $"the line has {end - start} bytes; at most {MaximumLineBytes} are allowed");
            }
            else if (FindControlCharacter(start, end) is { } control)
            {
                var code = control.ToString("x2", CultureInfo.InvariantCulture);
                _findings.Error(_line, $"the line has the control character 0x{code}");
            }
            else
            {
                ParseLine(start, end);
            }

            start = end + 1;
        }

        while (_open.Count > 1)
        {
            var block = _open.Pop();
            block.End = _text.Length;
            _findings.Error(block.Line, $"the block \"{Title(block)}\" that begins here is never closed: \"}}\" is missing");
        }
    }

    private int? FindControlCharacter(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (_text[i] is (< ' ' and not ('\t' or '\r')) or '\u007F')
            {
                return _text[i];
            }
        }

        return null;
    }

    private void ParseLine(int start, int end)
    {
        var i = start;
        var depthBefore = _open.Count;
        while (true)
        {
            while (i < end && (IsBlank(_text[i]) || _text[i] == ';'))
            {
                i++;
            }

            if (i >= end || _text[i] == '#')
            {
                return;
            }

            if (_text[i] == '}')
            {
                i++;
                Close(i);
                continue;
            }

            var brace = FindOpeningBrace(i, end);
            if (brace >= 0)
            {
                Open(i, brace);
                i = brace + 1;
                continue;
            }

            // Inside a block that was opened on this line, a brace ends the statement as well.
            i = ParseStatement(i, end, braceEnds: _open.Count > depthBefore);
        }
    }

    /// <summary>Offset of the brace when what begins here is the first line of a block, else -1.</summary>
    private int FindOpeningBrace(int start, int end)
    {
        var brace = _text.IndexOf('{', start, end - start);
        if (brace < 0)
        {
            return -1;
        }

        var before = _text.AsSpan(start, brace - start);
        if (before.ContainsAny('=', ';', '#'))
        {
            return -1;
        }

        var after = _text.AsSpan(brace + 1, end - brace - 1).TrimStart(" \t\r");
        var endsLine = after.IsEmpty || after[0] == '#';
        return endsLine || BlockTypes.Contains(FirstWord(before).ToString(), StringComparer.OrdinalIgnoreCase) ? brace : -1;
    }

    private void Open(int start, int brace)
    {
        var head = _text.AsSpan(start, brace - start).Trim(" \t\r");
        var type = FirstWord(head);
        var name = head[type.Length..].Trim(" \t\r");
        var block = new MerlinBlock(MerlinText.Decode(type), MerlinText.Decode(name), _line, start);
        if (type.IsEmpty)
        {
            _findings.Error(_line, "\"{\" needs the type of the block before it, such as \"peer NAME {\"");
        }

        if (_open.Count > MaximumDepth)
        {
            _findings.Error(_line, $"blocks are nested deeper than {MaximumDepth}");
        }
        else
        {
            _open.Peek().Blocks.Add(block);
        }

        _open.Push(block);
    }

    private void Close(int end)
    {
        if (_open.Count == 1)
        {
            _findings.Error(_line, "\"}\" closes a block that was never opened");
            return;
        }

        _open.Pop().End = end;
    }

    /// <summary>Reads one statement and gives the offset after it.</summary>
    private int ParseStatement(int start, int end, bool braceEnds)
    {
        var stop = start;
        while (stop < end && !EndsStatement(start, stop, braceEnds))
        {
            stop++;
        }

        var statement = _text.AsSpan(start, stop - start).TrimEnd(" \t\r");
        var keyEnd = statement.IndexOfAny(" \t=");
        var key = keyEnd < 0 ? statement : statement[..keyEnd];
        var value = keyEnd < 0 ? [] : statement[keyEnd..].TrimStart(" \t=");
        if (key.IsEmpty)
        {
            _findings.Error(_line, "a statement begins with its key, as in \"key = value\"");
        }
        else
        {
            var text = value.IsEmpty ? null : MerlinText.Decode(value).Replace("\\;", ";", StringComparison.Ordinal);
            _open.Peek().Statements.Add(new MerlinStatement(MerlinText.Decode(key), text, _line, start, start + statement.Length));
        }

        return stop;
    }

    private bool EndsStatement(int start, int i, bool braceEnds) => _text[i] switch
    {
        ';' => i == start || _text[i - 1] != '\\',
        '}' => braceEnds,
        _ => false,
    };

    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny(" \t");
        return end < 0 ? text : text[..end];
    }

    private static string Title(MerlinBlock block) => block.Name.Length == 0 ? block.Type : $"{block.Type} {block.Name}";

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\r';
}
