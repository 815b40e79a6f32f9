using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;
using Compeer.Engine.Model;

namespace Compeer.Engine.StatusData;

/// <summary>Writes blocks of <c>key=value</c> as Naemon's status.dat and retention.dat have them. Every value stays on its line.</summary>
/// <param name="output">Where the bytes go; written piece by piece.</param>
/// <param name="isIndented">Whether keys are indented and blocks stand apart, as in status.dat.</param>
internal sealed class DataLines(IBufferWriter<byte> output, bool isIndented)
{
    private const int LongestNumber = 64;

    /// <summary>Begins a block.</summary>
    public void Begin(ReadOnlySpan<byte> type)
    {
        output.Write(type);
        output.Write(" {\n"u8);
    }

    /// <summary>Ends a block.</summary>
    public void End() => output.Write(isIndented ? "\t}\n\n"u8 : "}\n"u8);

    /// <summary>Bytes as they are.</summary>
    public void Raw(ReadOnlySpan<byte> bytes) => output.Write(bytes);

    /// <summary>A text; nothing behind the sign when it is null.</summary>
    public void Text(ReadOnlySpan<byte> key, string? value)
    {
        Key(key);
        Add(value);
        Raw("\n"u8);
    }

    /// <summary>The output of a plugin.</summary>
    public void Bytes(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Key(key);
        OnOneLine(value);
        Raw("\n"u8);
    }

    /// <summary>Output of several lines as Naemon keeps it: each line end is <c>\n</c>, each backslash <c>\\</c>.</summary>
    public void Escaped(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Key(key);
        while (value.IndexOfAny((byte)'\n', (byte)'\\') is var place and >= 0)
        {
            Raw(value[..place]);
            Raw(value[place] == (byte)'\n' ? "\\n"u8 : "\\\\"u8);
            value = value[(place + 1)..];
        }

        Raw(value);
        Raw("\n"u8);
    }

    /// <summary>A whole number.</summary>
    public void Number(ReadOnlySpan<byte> key, long value)
    {
        Key(key);
        Add(value);
        Raw("\n"u8);
    }

    /// <summary>A switch, 1 or 0.</summary>
    public void Flag(ReadOnlySpan<byte> key, bool isSet) => Number(key, isSet ? 1 : 0);

    /// <summary>A switch of retention.dat: nothing when it is as the configuration has it, else that and then the switch.</summary>
    public void ChangedFlag(ReadOnlySpan<byte> key, bool configured, bool isOn)
    {
        if (configured != isOn)
        {
            Raw("config:"u8);
            Flag(key, configured);
            Flag(key, isOn);
        }
    }

    /// <summary>A time given as UTC ticks: seconds since 1970, 0 for never.</summary>
    public void Time(ReadOnlySpan<byte> key, long ticks) => Number(key, Seconds(ticks));

    /// <summary>A time to the microsecond, as C's <c>%lld.%06ld</c>.</summary>
    public void Moment(ReadOnlySpan<byte> key, long ticks)
    {
        Key(key);
        Add(Seconds(ticks));
        var part = ticks == 0 ? 0 : ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
        Add(string.Create(CultureInfo.InvariantCulture, $".{part:000000}"));
        Raw("\n"u8);
    }

    /// <summary>A decimal number, as C's <c>%.Nf</c>.</summary>
    public void Decimal(ReadOnlySpan<byte> key, double value, byte digits)
    {
        Key(key);
        var room = output.GetSpan(LongestNumber);
        if (Utf8Formatter.TryFormat(value, room, out var written, new StandardFormat('F', digits)))
        {
            output.Advance(written);
        }

        Raw("\n"u8);
    }

    /// <summary>A command with its arguments as the configuration writes them.</summary>
    public void Call(ReadOnlySpan<byte> key, CommandCall? call)
    {
        Key(key);
        Add(call?.Command.Name);
        foreach (var argument in call?.Arguments ?? [])
        {
            Raw("!"u8);
            Add(argument.Replace("!", "\\!", StringComparison.Ordinal));
        }

        Raw("\n"u8);
    }

    /// <summary>An id of a problem or a notification; nothing behind the sign when there is none.</summary>
    public void Id(ReadOnlySpan<byte> key, Guid id) =>
        Text(key, id == Guid.Empty ? null : id.ToString("D", CultureInfo.InvariantCulture));

    /// <summary>The counts of the last 1, 5 and 15 minutes.</summary>
    public void Counts(ReadOnlySpan<byte> key, (long One, long Five, long Fifteen) counts) =>
        Text(key, string.Create(CultureInfo.InvariantCulture, $"{counts.One},{counts.Five},{counts.Fifteen}"));

    /// <summary>The last states, oldest first.</summary>
    public void History(ReadOnlySpan<byte> key, StateHistory history)
    {
        Key(key);
        for (var place = StateHistory.Length - 1; place >= 0; place--)
        {
            Add((long)(history.Bits >> (2 * place)) & 3);
            Raw(place > 0 ? ","u8 : "\n"u8);
        }
    }

    /// <summary>Custom variables: <c>_NAME=modified;value</c>.</summary>
    public void Variables(
        IEnumerable<KeyValuePair<string, string>> variables, Func<OperatorSetting, bool> isChanged)
    {
        foreach ((var name, var value) in variables)
        {
            Raw(isIndented ? "\t_"u8 : "_"u8);
            Add(name);
            Raw(isChanged(CustomVariable.SettingOf(name)) ? "=1;"u8 : "=0;"u8);
            Add(value);
            Raw("\n"u8);
        }
    }

    private static long Seconds(long ticks) =>
        ticks == 0 ? 0 : Math.Max(0, (ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond);

    private void Key(ReadOnlySpan<byte> key)
    {
        if (isIndented)
        {
            Raw("\t"u8);
        }

        Raw(key);
        Raw("="u8);
    }

    private void Add(long value)
    {
        Utf8Formatter.TryFormat(value, output.GetSpan(LongestNumber), out var written);
        output.Advance(written);
    }

    private void Add(string? text)
    {
        if (text is null)
        {
            return;
        }

        var room = output.GetSpan(Math.Max(1, text.Length * ConfigurationText.MostBytesPerChar));
        var written = ConfigurationText.Encode(text, room);
        room[..written].Replace((byte)'\n', (byte)' ');
        output.Advance(written);
    }

    private void OnOneLine(ReadOnlySpan<byte> value)
    {
        var room = output.GetSpan(Math.Max(1, value.Length));
        value.CopyTo(room);
        room[..value.Length].Replace((byte)'\n', (byte)' ');
        output.Advance(value.Length);
    }
}
