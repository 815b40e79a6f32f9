using System.Buffers;
using System.Text;
using Compeer.Objects.Diagnostics;
using Compeer.Objects.TimePeriods;
using Compeer.Objects.Validation;

namespace Compeer.Objects.Syntax;

/// <summary>
/// Turns object files into raw objects: blocks <c>define TYPE {</c> … <c>}</c> of directives, one on a line. Values are
/// checked here by their kind, where their line is known; each distinct value once.
/// </summary>
internal sealed class ObjectFileParser(RawConfiguration raw, DiagnosticCollector diagnostics)
{
    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("+-0123456789"u8);

    private readonly HashSet<long> _checked = [];
    private readonly int[] _lastValues = new int[ObjectTypeNames.Count << 6];
    private RawDirective[] _block = new RawDirective[256];
    private int _count;
    private ulong _seen;
    private DirectiveTable? _table;
    private bool _inBlock;
    private bool _tooMany;
    private int _startLine;
    private string _file = "";

    public void Parse(SourceFile file)
    {
        raw.Files.Add(file.Path);
        _file = file.Path;
        _inBlock = false;
        bool wantsBrace = false;
        var lines = new LineReader(file.Content.Span, semicolonComments: true);
        while (lines.Read())
        {
            ReadOnlySpan<byte> text = lines.Text;
            if (_inBlock && IsDefine(text))
            {
                Error(_startLine, $"the block that starts here is not closed before the next one in line {lines.Line}; "
                    + "write '}' on a line of its own");
                End();
            }

            if (!_inBlock)
            {
                wantsBrace = Outside(text, lines.Line);
            }
            else if (wantsBrace && text[0] == (byte)'{')
            {
                wantsBrace = false;
                AfterBrace(LineReader.Trim(text[1..]), lines.Line);
            }
            else if (text is [(byte)'}'])
            {
                End();
            }
            else
            {
                WarnWithoutBrace(ref wantsBrace);
                Add(text, lines.Line);
            }
        }

        if (_inBlock)
        {
            Error(_startLine, "the block that starts here is not closed before the end of the file; "
                + "write '}' on a line of its own");
            End();
        }
    }

    private static bool IsDefine(ReadOnlySpan<byte> text) =>
        text.StartsWith("define"u8) && text.Length > 6 && LineReader.IsBlank(text[6]);

    /// <summary>A line between blocks. True when a block began whose <c>{</c> is still to come.</summary>
    private bool Outside(ReadOnlySpan<byte> text, int line)
    {
        if (!text.StartsWith("define"u8))
        {
            // The shell reads what object files include (ObjectFileIncludes) and hands all files over together.
            if (!text.StartsWith("include_file="u8) && !text.StartsWith("include_dir="u8))
            {
                Error(line, $"expected 'define TYPE {{', found '{ValueCheck.Show(text)}'");
            }

            return false;
        }

        ReadOnlySpan<byte> rest = LineReader.Trim(text[6..]);
        int end = rest.IndexOfAny(" \t{"u8);
        ReadOnlySpan<byte> word = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : LineReader.Trim(rest[end..]);
        Begin(word, line);
        if (rest.IsEmpty)
        {
            return true;
        }

        if (rest[0] != (byte)'{')
        {
            Error(line, $"expected '{{' after 'define {ValueCheck.Show(word)}', found '{ValueCheck.Show(rest)}'");
            return false;
        }

        AfterBrace(LineReader.Trim(rest[1..]), line);
        return false;
    }

    /// <summary>What follows <c>{</c> on its line: nothing, a comment, a directive, and perhaps the closing brace.</summary>
    private void AfterBrace(ReadOnlySpan<byte> rest, int line)
    {
        if (rest.IsEmpty || rest[0] == (byte)'#')
        {
            return;
        }

        bool closes = rest[^1] == (byte)'}';
        ReadOnlySpan<byte> directive = closes ? LineReader.Trim(rest[..^1]) : rest;
        if (!directive.IsEmpty)
        {
            Add(directive, line);
        }

        if (closes)
        {
            End();
        }
    }

    private void Begin(ReadOnlySpan<byte> word, int line)
    {
        _inBlock = true;
        _startLine = line;
        _count = 0;
        _seen = 0;
        _tooMany = false;
        _table = null;
        if (ObjectTypeNames.TryParse(word, out ObjectType type))
        {
            _table = DirectiveSchema.Of(type);
            if (type is ObjectType.HostExtendedInfo or ObjectType.ServiceExtendedInfo)
            {
                string now = type == ObjectType.HostExtendedInfo ? "host" : "service";
                Warning(line, $"define {ObjectTypeNames.NameOf(type)} is deprecated; put its directives into define {now}");
            }

            return;
        }

        Error(line, word.IsEmpty
            ? "no object type after 'define'; write 'define host {'"
            : $"'{ValueCheck.Show(word)}' is not an object type"
                + diagnostics.Suggest(ValueCheck.Show(word), ObjectTypeNames.All));
    }

    private void End()
    {
        if (_table is not null)
        {
            raw.Add(_table.Type, raw.Files.Count - 1, _startLine, _block.AsSpan(0, _count));
        }

        _inBlock = false;
    }

    private void WarnWithoutBrace(ref bool wantsBrace)
    {
        if (wantsBrace)
        {
            Warning(_startLine, "no '{' after define");
            wantsBrace = false;
        }
    }

    private void Add(ReadOnlySpan<byte> text, int line)
    {
        if (_table is null)
        {
            return;
        }

        int keyEnd = text.IndexOfAny((byte)' ', (byte)'\t');
        ReadOnlySpan<byte> key = keyEnd < 0 ? text : text[..keyEnd];
        ReadOnlySpan<byte> value = keyEnd < 0 ? [] : LineReader.Trim(text[keyEnd..]);
        DirectiveSpecification? directive = _table.Find(key);
        if (directive is null)
        {
            AddUnlisted(key, value, line);
        }
        else if (directive.Kind == DirectiveKind.TimeRanges && IsDate(value))
        {
            AddDate(key, value, line);
        }
        else if (directive.Kind == DirectiveKind.Obsolete)
        {
            Warning(line, $"{ConfigurationText.Decode(key)} is obsolete and has no effect");
        }
        else if (directive.Kind != DirectiveKind.Ignored)
        {
            AddListed(directive, value, line);
        }
    }

    /// <summary>Whether what follows a weekday is a number, as in <c>monday 3 09:00-17:00</c>, and not a time range.</summary>
    private static bool IsDate(ReadOnlySpan<byte> value)
    {
        int end = value.IndexOfAnyExcept(NumberBytes);
        return end > 0 && value[end] != (byte)':';
    }

    private void AddUnlisted(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, int line)
    {
        if (key[0] == (byte)'_' && _table!.HasCustomVariables)
        {
            AddCustomVariable(key[1..], value, line);
        }
        else if (_table!.Type == ObjectType.TimePeriod && AddDate(key, value, line))
        {
            return;
        }
        else
        {
            Error(line, UnknownDirective(key));
        }
    }

    private string UnknownDirective(ReadOnlySpan<byte> key)
    {
        string name = ValueCheck.Show(key);
        string type = ObjectTypeNames.NameOf(_table!.Type);
        string message = $"'{name}' is not a directive of a {type}";
        string hint = diagnostics.Suggest(name, _table.Names);
        if (hint.Length > 0)
        {
            return message + hint;
        }

        string others = string.Join(", ", DirectiveSchema.TypesWith(key).Select(ObjectTypeNames.NameOf));
        return others.Length > 0 ? $"{message} (it belongs to: {others})" : message;
    }

    private bool AddDate(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, int line)
    {
        string text = ConfigurationText.Decode([.. key, (byte)' ', .. value]);
        if (DateRangeParser.Parse(text, out string? error, out string? warning) is null && error is null)
        {
            return false;
        }

        if (error is not null)
        {
            Error(line, error);
        }
        else
        {
            if (warning is not null)
            {
                Warning(line, warning);
            }

            Append(Directive.DateException, raw.Atoms.Intern(Encoding.UTF8.GetBytes(text)), line);
        }

        return true;
    }

    private void AddCustomVariable(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int line)
    {
        if (name.IsEmpty)
        {
            Error(line, "a custom variable needs a name after '_'");
            return;
        }

        // Naemon keeps names of custom variables in upper case.
        Span<byte> upper = name.Length <= 256 ? stackalloc byte[name.Length] : new byte[name.Length];
        Ascii.ToUpper(name, upper, out int written);
        int atom = raw.Atoms.Intern(written == name.Length ? upper : UpperOf(name));
        Append(Directive.CustomVariable, atom, line);
        Append(Directive.CustomValue, value.SequenceEqual("null"u8) ? RawDirective.Null : raw.Atoms.Intern(value), line);
    }

    /// <summary>As <c>toupper</c> in the C locale: letters outside ASCII stay.</summary>
    private static byte[] UpperOf(ReadOnlySpan<byte> name)
    {
        byte[] upper = name.ToArray();
        for (int i = 0; i < upper.Length; i++)
        {
            upper[i] = upper[i] is >= (byte)'a' and <= (byte)'z' ? (byte)(upper[i] - 32) : upper[i];
        }

        return upper;
    }

    private void AddListed(DirectiveSpecification directive, ReadOnlySpan<byte> value, int line)
    {
        if (directive.Kind == DirectiveKind.ServiceCommand && value.StartsWith("!"u8))
        {
            value = value[1..];
            Append(Directive.ImportantCheckCommand, raw.Atoms.Empty, line);
        }

        bool cancels = directive.Kind is DirectiveKind.Text or DirectiveKind.List or DirectiveKind.AppendedList
            or DirectiveKind.ServiceCommand;
        int atom = cancels && value.SequenceEqual("null"u8) ? RawDirective.Null : Intern(directive, value);
        if (directive.Kind >= DirectiveKind.Boolean && !IsRight(directive, atom, line))
        {
            return;
        }

        if ((_seen & (1UL << directive.Slot)) != 0)
        {
            Repeat(directive, atom, line);
            return;
        }

        _seen |= 1UL << directive.Slot;
        Append(directive.Directive, atom, line);
    }

    /// <summary>Objects that follow each other often have the same value: templates, hosts of services.</summary>
    private int Intern(DirectiveSpecification directive, ReadOnlySpan<byte> value)
    {
        ref int last = ref _lastValues[((int)_table!.Type << 6) | directive.Slot];
        if (!value.SequenceEqual(raw.Atoms.Bytes(last)))
        {
            last = raw.Atoms.Intern(value);
        }

        return last;
    }

    /// <summary>A directive that this object already has: lists of members and options add up, of others the last counts.</summary>
    private void Repeat(DirectiveSpecification directive, int atom, int line)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_block[i].Directive != directive.Directive)
            {
                continue;
            }

            int before = _block[i].Value;
            bool addsUp = directive.Kind is DirectiveKind.AppendedList or DirectiveKind.Options;
            if (addsUp && before >= 0)
            {
                atom = atom < 0 ? before : raw.Atoms.Intern([.. raw.Atoms.Bytes(before), (byte)',', .. raw.Atoms.Bytes(atom)]);
            }
            else if (!addsUp)
            {
                Warning(line, $"{directive.Name} is set twice in this {ObjectTypeNames.NameOf(_table!.Type)}; the last value counts");
            }

            _block[i] = new RawDirective(directive.Directive, Offset(line), atom);
            return;
        }
    }

    private bool IsRight(DirectiveSpecification directive, int atom, int line)
    {
        if (atom < 0)
        {
            return true;
        }

        long key = ((long)_table!.Type << 48) | ((long)directive.Directive << 32) | (uint)atom;
        if (_checked.Contains(key))
        {
            return true;
        }

        (string? error, string? warning) = ValueCheck.Check(_table.Type, directive, raw.Atoms.Bytes(atom));
        if (error is not null)
        {
            Error(line, $"{directive.Name}: {error}");
            return false;
        }

        if (warning is not null)
        {
            Warning(line, $"{directive.Name}: {warning}");
        }
        else
        {
            _checked.Add(key);
        }

        return true;
    }

    private void Append(Directive directive, int value, int line)
    {
        if (_count == RawConfiguration.MostDirectives)
        {
            if (!_tooMany)
            {
                Error(line, $"more than {RawConfiguration.MostDirectives} directives in one object");
            }

            _tooMany = true;
            return;
        }

        if (_count == _block.Length)
        {
            Array.Resize(ref _block, _block.Length * 2);
        }

        _block[_count++] = new RawDirective(directive, Offset(line), value);
    }

    private ushort Offset(int line) => (ushort)Math.Min(line - _startLine, ushort.MaxValue);

    private void Error(int line, string message) => diagnostics.Error(new SourcePosition(_file, line), message);

    private void Warning(int line, string message) => diagnostics.Warning(new SourcePosition(_file, line), message);
}
