using System.Buffers;
using System.Text;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.TimePeriods;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Syntax;

/// <summary>
/// The directives of one object block while it is read; used again for each block. Values are checked here by their kind,
/// where their line is known; each distinct value once.
/// </summary>
internal sealed class ObjectBlock(RawConfiguration raw, DiagnosticCollector diagnostics)
{
    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("+-0123456789"u8);

    private readonly HashSet<long> _checked = [];
    private readonly Dictionary<int, ArrayBufferWriter<byte>> _sums = [];
    private readonly Atom[] _lastValues = new Atom[ObjectTypeNames.Count << 6];
    private RawDirective[] _block = new RawDirective[256];
    private int _count;
    private ulong _seen;
    private DirectiveTable _table = DirectiveSchema.Of(ObjectType.Host);
    private bool _tooMany;
    private bool _isFaulty;
    private int _startLine;
    private string _file = "";

    /// <summary>Starts a block.</summary>
    public void Begin(string file, ObjectType type, int line)
    {
        _file = file;
        _table = DirectiveSchema.Of(type);
        _startLine = line;
        _count = 0;
        _seen = 0;
        _tooMany = false;
        _isFaulty = false;
        _sums.Clear();
    }

    /// <summary>Puts the finished block into the configuration.</summary>
    public void End()
    {
        foreach ((var place, var sum) in _sums)
        {
            _block[place] = _block[place] with { Value = raw.Atoms.Intern(sum.WrittenSpan) };
        }

        raw.Add(_table.Type, raw.Files.Count - 1, _startLine, _block.AsSpan(0, _count), _isFaulty);
    }

    /// <summary>Adds the directive in a line.</summary>
    public void Add(ReadOnlySpan<byte> text, int line)
    {
        var keyEnd = text.IndexOfAny((byte)' ', (byte)'\t');
        var key = keyEnd < 0 ? text : text[..keyEnd];
        var value = keyEnd < 0 ? [] : LineReader.Trim(text[keyEnd..]);
        var directive = _table.Find(key);
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
        var end = value.IndexOfAnyExcept(NumberBytes);
        return end > 0 && value[end] != (byte)':';
    }

    private void AddUnlisted(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, int line)
    {
        if (key[0] == (byte)'_' && _table.HasCustomVariables)
        {
            AddCustomVariable(key[1..], value, line);
        }
        else if (_table.Type == ObjectType.TimePeriod && AddDate(key, value, line))
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
        var name = ShownText.Of(key);
        var type = ObjectTypeNames.NameOf(_table.Type);
        var message = $"'{name}' is not a directive of a {type}";
        var hint = diagnostics.Suggest(name, _table.Names);
        if (hint.Length > 0)
        {
            return message + hint;
        }

        var others = string.Join(", ", DirectiveSchema.TypesWith(key).Select(ObjectTypeNames.NameOf));
        return others.Length > 0 ? $"{message} (it belongs to: {others})" : message;
    }

    private bool AddDate(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, int line)
    {
        var text = ConfigurationText.Decode([.. key, (byte)' ', .. value]);
        if (DateRangeParser.Parse(text, out var error, out var warning) is null && error is null)
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
        var upper = name.Length <= 256 ? stackalloc byte[name.Length] : new byte[name.Length];
        Ascii.ToUpper(name, upper, out var written);
        var atom = raw.Atoms.Intern(written == name.Length ? upper : UpperOf(name));
        Append(Directive.CustomVariable, atom, line);
        Append(Directive.CustomValue, value.SequenceEqual("null"u8) ? Atom.Null : raw.Atoms.Intern(value), line);
    }

    /// <summary>As <c>toupper</c> in the C locale: letters outside ASCII stay.</summary>
    private static byte[] UpperOf(ReadOnlySpan<byte> name)
    {
        var upper = name.ToArray();
        for (var i = 0; i < upper.Length; i++)
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

        var cancels = directive.Kind is DirectiveKind.FreeText or DirectiveKind.List or DirectiveKind.AppendedList
            or DirectiveKind.ServiceCommand;
        var atom = cancels && value.SequenceEqual("null"u8) ? Atom.Null : Intern(directive, value);
        if (directive.Kind >= DirectiveKind.Boolean && !IsRight(directive, atom, line))
        {
            return;
        }

        if (LeavesUnset(directive, value, line))
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

    /// <summary>Naemon takes <c>n</c> in the failure options of dependencies, but for the execution of hosts, as if the directive
    /// were not there: a template's value counts then.</summary>
    private bool LeavesUnset(DirectiveSpecification directive, ReadOnlySpan<byte> value, int line)
    {
        if (directive.Directive is not (Directive.ExecutionFailureOptions or Directive.NotificationFailureOptions)
            || (directive.Directive == Directive.ExecutionFailureOptions && _table.Type == ObjectType.HostDependency)
            || !OptionSet.HasNone(value))
        {
            return false;
        }

        if (value.Length > 1 && !value.SequenceEqual("none"u8))
        {
            Warning(line, $"{directive.Name}: with 'n' none of the options count");
        }

        return true;
    }

    /// <summary>Objects that follow each other often have the same value: templates, hosts of services.</summary>
    private Atom Intern(DirectiveSpecification directive, ReadOnlySpan<byte> value)
    {
        ref var last = ref _lastValues[((int)_table.Type << 6) | directive.Slot];
        if (!value.SequenceEqual(raw.Atoms.Bytes(last)))
        {
            last = raw.Atoms.Intern(value);
        }

        return last;
    }

    /// <summary>A directive that this object already has: lists of members and options add up, of others the last
    /// counts.</summary>
    private void Repeat(DirectiveSpecification directive, Atom atom, int line)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_block[i].Directive != directive.Directive)
            {
                continue;
            }

            var before = _block[i].Value;
            var addsUp = directive.Kind is DirectiveKind.AppendedList or DirectiveKind.Options;
            if (addsUp && before.IsValue)
            {
                AddUp(i, before, atom);
                atom = before;
            }
            else if (!addsUp)
            {
                var type = ObjectTypeNames.NameOf(_table.Type);
                var others = directive.OtherNames.Count == 0 ? "" : $" (also {string.Join(", ", directive.OtherNames)})";
                Warning(line, $"{directive.Name}{others} is set twice in this {type}; the last value counts");
            }

            _block[i] = new RawDirective(directive.Directive, Offset(line), atom);
            return;
        }
    }

    /// <summary>Gathered until the block ends: a group can have a hundred thousand lines of members.</summary>
    private void AddUp(int place, Atom first, Atom atom)
    {
        if (!atom.IsValue)
        {
            return;
        }

        if (!_sums.TryGetValue(place, out var sum))
        {
            sum = new ArrayBufferWriter<byte>();
            sum.Write(raw.Atoms.Bytes(first));
            _sums[place] = sum;
        }

        sum.Write(","u8);
        sum.Write(raw.Atoms.Bytes(atom));
    }

    private bool IsRight(DirectiveSpecification directive, Atom atom, int line)
    {
        if (!atom.IsValue)
        {
            return true;
        }

        var key = ((long)_table.Type << 48) | ((long)directive.Directive << 32) | (uint)atom.Number;
        if (_checked.Contains(key))
        {
            return true;
        }

        (var error, var warning) = ValueCheck.Check(_table.Type, directive, raw.Atoms.Bytes(atom));
        if (error is not null)
        {
            Error(line, $"{directive.Name}: {error}");
            _isFaulty = true;
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

    private void Append(Directive directive, Atom value, int line)
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
