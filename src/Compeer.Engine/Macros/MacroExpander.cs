using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;
using Compeer.Engine.Model;

namespace Compeer.Engine.Macros;

/// <summary>
/// Replaces macros in check commands. The rules are those of Naemon's <c>process_macros_r</c>: <c>$$</c> is a dollar sign;
/// a macro that does not exist, or is about an object that does not, stays as it is written; one without a value
/// becomes nothing; values are not searched for macros again, except that the arguments of a command are
/// expanded before they are put in.
/// </summary>
internal sealed class MacroExpander
{
    private static ReadOnlySpan<byte> HexDigits => "0123456789ABCDEF"u8;

    private readonly MacroContext _context;
    private readonly SummaryMacros _summary;
    private readonly MacroEnvironment _environment;
    private readonly bool[] _isIllegal = new bool[256];
    private readonly TextBuffer _line = new();
    private readonly TextBuffer _argumentText = new();
    private readonly TextBuffer _notes = new();
    private readonly Range[] _arguments = new Range[EngineLimits.Arguments];
    private int _argumentCount;
    private bool _isForFile;
    private bool _isInNotes;
    private bool _isInUrl;

    public MacroExpander(MacroContext context)
    {
        _context = context;
        _summary = new SummaryMacros(context);
        _environment = new MacroEnvironment(context, TryAdd);
        for (var control = 0; control < 0x20; control++)
        {
            _isIllegal[control] = true;
        }

        _isIllegal[0x7F] = true;
        foreach (var value in ConfigurationText.Encode(context.Main.IllegalMacroOutputCharacters))
        {
            _isIllegal[value] = true;
        }
    }

    /// <summary>
    /// The command line of a check or another command; null when it is longer than <see cref="EngineLimits.CommandLine"/>. A NUL,
    /// which no program could be given, ends it as it would end a string in C.
    /// </summary>
    /// <param name="subject">The host or service that it is about.</param>
    /// <param name="call">The command.</param>
    /// <param name="now">Now.</param>
    /// <param name="notification">The notification that the command sends; null when it sends none.</param>
    public byte[]? Expand(CheckableDefinition subject, CommandCall call, EngineTime now, NotificationScope? notification = null)
    {
        (_context.Notification, _context.Seen) = (notification, null);
        return Line(subject, call, now);
    }

    /// <summary>The same of a command that follows a result.</summary>
    /// <param name="subject">What it is about.</param>
    /// <param name="call">The command.</param>
    /// <param name="now">The time.</param>
    /// <param name="seen">The state of <paramref name="subject"/> that counts; null for the one that is kept.</param>
    public byte[]? Expand(CheckableDefinition subject, CommandCall call, EngineTime now, CheckState? seen)
    {
        (_context.Notification, _context.Seen) = (null, seen);
        return Line(subject, call, now);
    }

    private byte[]? Line(CheckableDefinition subject, CommandCall call, EngineTime now)
    {
        _context.Now = now;
        _context.Enter(subject);
        return Expand(call);
    }

    /// <summary>The same of a command that is about nothing in particular.</summary>
    public byte[]? Expand(CommandCall call, EngineTime now)
    {
        _context.Now = now;
        _context.Leave();
        (_context.Notification, _context.Seen) = (null, null);
        return Expand(call);
    }

    /// <summary>The macros as variables for the command whose line was made last; empty unless <c>enable_environment_macros</c> is
    /// set.</summary>
    public ReadOnlyMemory<byte> Environment() => _context.Main.HasEnvironmentMacros ? _environment.Write() : default;

    /// <summary>A text that goes into a file: nothing is taken from what plugins wrote. Null when it is too long.</summary>
    public byte[]? ExpandText(CheckableDefinition subject, string text, EngineTime now)
    {
        _context.Now = now;
        _context.Enter(subject);
        (_context.Notification, _context.Seen) = (null, null);
        _argumentCount = 0;
        _line.Truncate(0);
        _isForFile = true;
        var isShort = TryExpand(text, _line);
        _isForFile = false;
        return isShort ? _line.ToArray() : null;
    }

    private byte[]? Expand(CommandCall call)
    {
        _argumentText.Truncate(0);
        _argumentCount = 0;
        foreach (var argument in call.Arguments.AsSpan()[..Math.Min(call.Arguments.Length, EngineLimits.Arguments)])
        {
            var start = _argumentText.Length;
            if (!TryExpand(argument, _argumentText))
            {
                return null;
            }

            // An argument may use the ones before it.
            _arguments[_argumentCount++] = start.._argumentText.Length;
        }

        _line.Truncate(0);
        if (!TryExpand(call.Command.CommandLine, _line))
        {
            return null;
        }

        var end = _line.Written.IndexOf((byte)0);
        return end < 0 ? _line.ToArray() : _line.Written[..end].ToArray();
    }

    /// <summary>A text about a host or service with its macros replaced; null when it is longer than
    /// <see cref="EngineLimits.CommandLine"/>.</summary>
    public byte[]? Expand(CheckableDefinition subject, string text, EngineTime now)
    {
        _context.Now = now;
        _context.Enter(subject);
        _argumentCount = 0;
        _line.Truncate(0);
        return TryExpand(text, _line) ? _line.ToArray() : null;
    }

    private bool TryExpand(ReadOnlySpan<char> text, TextBuffer output)
    {
        var isMacro = false;
        while (true)
        {
            var dollar = text.IndexOf('$');
            var part = dollar < 0 ? text : text[..dollar];
            if (!isMacro)
            {
                output.Add(part);
            }
            else if (part.IsEmpty)
            {
                output.Add((byte)'$');
            }
            else if (!TryAdd(part, output))
            {
                // Unknown macros stay, with their closing dollar sign when they have one.
                output.Add((byte)'$');
                output.Add(part);
                output.Add(dollar < 0 ? [] : "$"u8);
            }

            if (output.Length > EngineLimits.CommandLine)
            {
                return false;
            }

            if (dollar < 0)
            {
                return true;
            }

            isMacro = !isMacro;
            text = text[(dollar + 1)..];
        }
    }

    private bool TryAdd(ReadOnlySpan<char> text, TextBuffer output)
    {
        if (text.StartsWith("ARG"))
        {
            return TryAddArgument(Number(text[3..]), output);
        }

        if (text.StartsWith("USER"))
        {
            return TryAddUser(Number(text[4..]), output);
        }

        var start = output.Length;
        var macro = MacroName.Parse(text);
        if (NotesMacros.TryFind(macro, _context, out var notes, out var isUrl))
        {
            AddNotes(notes, isUrl, output);
            return true;
        }

        var isFound = macro.Name.StartsWith("_")
            ? CustomMacros.TryAdd(macro, _context, output)
            : HostMacros.TryAdd(macro, _context, output)
                || ServiceMacros.TryAdd(macro, _context, output)
                || TimeMacros.TryAdd(macro, _context, output)
                || GroupMacros.TryAdd(macro, _context, output)
                || ContactMacros.TryAdd(macro, _context, output)
                || _summary.TryAdd(macro, output)
                || (macro.Arguments == 0 && NotificationMacros.TryAdd(macro.Name, _context, output))
                || ProgramMacros.TryAdd(macro, _context, output);
        if (!isFound)
        {
            output.Truncate(start);
        }
        else if (!_isForFile && IsCleaned(macro.Name))
        {
            Clean(output, start);
        }

        if (isFound && _isInUrl)
        {
            EncodeUrl(output, start);
        }

        return isFound;
    }

    /// <summary>Adds notes with their macros replaced. Notes within notes are left out, so that they cannot go round in
    /// circles.</summary>
    private void AddNotes(string? notes, bool isUrl, TextBuffer output)
    {
        if (notes is null || _isInNotes)
        {
            return;
        }

        _isInNotes = true;
        _isInUrl = isUrl;
        _notes.Truncate(0);
        var isShort = TryExpand(notes, _notes);
        _isInNotes = false;
        _isInUrl = false;
        var start = output.Length;
        output.Add(isShort ? _notes.Written : []);
        if (!isUrl && !_isForFile)
        {
            Clean(output, start);
        }
    }

    /// <summary>Everything but unreserved characters as %XX (RFC 3986, Naemon).</summary>
    private static void EncodeUrl(TextBuffer output, int start)
    {
        var value = output.Written[start..].ToArray();
        output.Truncate(start);
        foreach (var character in value)
        {
            if (char.IsAsciiLetterOrDigit((char)character) || character is (byte)'.' or (byte)'-' or (byte)'_' or (byte)'~')
            {
                output.Add(character);
            }
            else
            {
                output.Add((byte)'%');
                output.Add(HexDigits[character >> 4]);
                output.Add(HexDigits[character & 0xF]);
            }
        }
    }

    private bool TryAddArgument(int number, TextBuffer output)
    {
        if (number is < 1 or > EngineLimits.Arguments)
        {
            return false;
        }

        if (number <= _argumentCount)
        {
            output.Add(_argumentText.Written[_arguments[number - 1]].ToArray());
        }

        return true;
    }

    private bool TryAddUser(int number, TextBuffer output)
    {
        if (number is < 1 or > EngineLimits.UserMacros)
        {
            return false;
        }

        if (_context.Objects.Resources.TryGetValue(UserNames.Of(number), out var value))
        {
            output.Add(value);
        }

        return true;
    }

    /// <summary>The number that a text begins with, as C's <c>atoi</c> reads it; 0 when there is none.</summary>
    private static int Number(ReadOnlySpan<char> text)
    {
        var number = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit) || number > EngineLimits.UserMacros)
            {
                break;
            }

            number = (number * 10) + (digit - '0');
        }

        return number;
    }

    /// <summary>Macros with text from outside, from which <c>illegal_macro_output_chars</c> and control characters are
    /// taken, so that a plugin's output cannot become part of a command.</summary>
    private static bool IsCleaned(ReadOnlySpan<char> name) => name is
        "HOSTOUTPUT" or "LONGHOSTOUTPUT" or "HOSTPERFDATA" or "HOSTACKAUTHOR" or "HOSTACKCOMMENT" or "HOSTCHECKCOMMAND"
        or "HOSTNOTES" or "HOSTGROUPNOTES" or "SERVICEOUTPUT" or "LONGSERVICEOUTPUT" or "SERVICEPERFDATA"
        or "SERVICEACKAUTHOR" or "SERVICEACKCOMMENT" or "SERVICECHECKCOMMAND" or "SERVICENOTES" or "SERVICEGROUPNOTES";

    private void Clean(TextBuffer output, int start)
    {
        var text = output.Written[start..];
        var kept = 0;
        foreach (var value in text)
        {
            if (!_isIllegal[value])
            {
                text[kept++] = value;
            }
        }

        output.Truncate(start + kept);
    }
}
