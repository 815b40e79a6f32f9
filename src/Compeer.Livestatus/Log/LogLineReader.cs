using System.Buffers.Text;

namespace Compeer.Livestatus.Log;

/// <summary>Takes lines of the monitoring log apart: <c>[epoch] text</c>, in the classes and parts that naemon-livestatus'
/// <c>LogEntry</c> finds. What is torn has the parts that are there.</summary>
internal static class LogLineReader
{
    /// <summary>Most bytes of a line; what is beyond is left out (naemon-livestatus' <c>MAX_LOGLINE</c>).</summary>
    public const int Longest = ushort.MaxValue;

    /// <summary>Where the text begins: after a bracket, ten digits, a bracket and a blank.</summary>
    private const int TextStart = 13;

    /// <summary>What is in a line; null when it is none of the log.</summary>
    /// <param name="line">Without its end, at most <see cref="Longest"/> bytes.</param>
    public static LogLineParts? Read(ReadOnlySpan<byte> line)
    {
        if (line.Length < TextStart || LogTime.Of(line) is not { } time)
        {
            return null;
        }

        var text = line[TextStart..];
        var parts = new LogLineParts
        {
            Time = time,
            Whole = new LogField(0, (ushort)line.Length),
            Type = new LogField(TextStart, (ushort)text.Length),
            Options = OptionsOf(line),
        };
        if (LogForm.Find(text) is not { } form)
        {
            return OfProgram(parts, text);
        }

        var fields = new LogFieldReader(line, TextStart + form.Beginning.Length);
        parts = parts with { Class = form.Class, Kind = form.Kind, IsKnown = true, IsOfService = form.IsOfService };
        return form.Shape == LogShape.Whole
            ? parts
            : Shaped(parts with { Type = new LogField(TextStart, (ushort)(form.Beginning.Length - 2)) }, form, line, fields);
    }

    /// <summary>The state that a word says, by its last letter: UP, RECOVERY, DOWN, UNREACHABLE; also in brackets.</summary>
    public static int HostState(ReadOnlySpan<byte> word) => LastLetter(word) switch
    {
        (byte)'P' or (byte)'Y' => 0,
        (byte)'N' => 1,
        (byte)'E' => 2,
        _ => 3,
    };

    /// <summary>Likewise OK, RECOVERY, WARNING, CRITICAL, UNKNOWN.</summary>
    public static int ServiceState(ReadOnlySpan<byte> word) => word.IsEmpty ? 3 : LastLetter(word) switch
    {
        (byte)'K' or (byte)'Y' => 0,
        (byte)'G' => 1,
        (byte)'L' => 2,
        (byte)'N' => 3,
        _ => 4,
    };

    private static byte LastLetter(ReadOnlySpan<byte> word) =>
        word.IsEmpty ? (byte)0 : word[^1] == (byte)')' && word.Length > 1 ? word[^2] : word[^1];

    private static LogField OptionsOf(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon < 0)
        {
            return new LogField((ushort)line.Length, 0);
        }

        var start = colon + 1;
        while (start < line.Length && line[start] == (byte)' ')
        {
            start++;
        }

        return new LogField((ushort)start, (ushort)(line.Length - start));
    }

    private static LogLineParts OfProgram(LogLineParts parts, ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("LOG VERSION: 2.0"u8))
        {
            return parts with { Class = LogClass.Program };
        }

        if (text.StartsWith("logging initial states"u8) || text.StartsWith("logging intitial states"u8))
        {
            return parts with { Class = LogClass.Program, Kind = LogLineKind.StatesFollow };
        }

        var isProgram = text.IndexOf("starting..."u8) >= 0 || text.IndexOf("shutting down..."u8) >= 0
            || text.IndexOf("Bailing out"u8) >= 0 || text.IndexOf("standby mode..."u8) >= 0
            || text.IndexOf("restarting..."u8) >= 0;
        return parts with { Class = isProgram ? LogClass.Program : LogClass.Info };
    }

    private static LogLineParts Shaped(LogLineParts parts, LogForm form, ReadOnlySpan<byte> line, LogFieldReader fields)
    {
        if (form.Shape == LogShape.Command)
        {
            return OfCommand(parts, line, fields);
        }

        var contact = form.Shape == LogShape.Notification ? fields.Next() : default;
        parts = parts with { Contact = contact, Host = fields.Next(), Service = form.IsOfService ? fields.Next() : default };
        return form.Shape switch
        {
            LogShape.State => OfState(parts, form, line, fields),
            LogShape.Event => parts with { StateType = fields.Next(), Comment = fields.Next() },
            LogShape.Acknowledgement =>
                parts with { StateType = fields.Next(), Contact = fields.Next(), Comment = fields.Next() },
            LogShape.Comment => parts with { Comment = fields.Next() },
            LogShape.Notification => OfNotification(parts, form, line, fields),
            LogShape.Passive => parts with { State = Number(Of(line, fields.Next())), Output = fields.Next() },
            _ => parts,
        };
    }

    private static LogLineParts OfState(LogLineParts parts, LogForm form, ReadOnlySpan<byte> line, LogFieldReader fields) => parts with
    {
        State = StateOf(form, Of(line, fields.Next())),
        StateType = fields.Next(),
        Attempt = Number(Of(line, fields.Next())),
        Output = fields.Next(),
    };

    /// <summary>State, then command; the other way round when the first is no state, as some programs wrote it.</summary>
    private static LogLineParts OfNotification(LogLineParts parts, LogForm form, ReadOnlySpan<byte> line, LogFieldReader fields)
    {
        var word = fields.Next();
        var command = fields.Next();
        var state = StateOf(form, Of(line, word));
        if (state == (form.IsOfService ? 4 : 3))
        {
            (word, command) = (command, word);
            state = StateOf(form, Of(line, word));
        }

        return parts with { StateType = word, Command = command, State = state, Output = fields.Next() };
    }

    private static LogLineParts OfCommand(LogLineParts parts, ReadOnlySpan<byte> line, LogFieldReader fields)
    {
        var name = Of(line, fields.Next());
        if (name.IndexOf("_HOST"u8) >= 0 && name.IndexOf("_HOSTGROUP"u8) < 0)
        {
            return parts with { Host = fields.Next() };
        }

        return name.IndexOf("_SVC"u8) >= 0 ? parts with { Host = fields.Next(), Service = fields.Next() } : parts;
    }

    private static int StateOf(LogForm form, ReadOnlySpan<byte> word) => form.IsOfService ? ServiceState(word) : HostState(word);

    private static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> line, LogField field) => line.Slice(field.Start, field.Length);

    private static int Number(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out int number, out _) ? number : 0;
}
