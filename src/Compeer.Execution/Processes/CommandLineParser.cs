using System.Buffers;

namespace Compeer.Execution.Processes;

/// <summary>
/// Splits a command line into the words that its plugin gets in Naemon, or says that it takes a shell to do it.
/// <para>Source of the rules: Naemon's <c>runcmd_cmd2strv</c> (lib/runcmd.c). Where Naemon starts the program itself, its own rules
/// count: <see cref="DirectWords"/>. Where it asks a shell, the shell's do: words are parted by blank and tab; single quotes
/// keep everything; double quotes let a backslash escape only <c>"</c>, <c>\</c>, <c>$</c> and <c>`</c>; outside of
/// quotes a backslash escapes anything. <c>NAME=value</c> before the program sets a variable for it.</para>
/// <para>Naemon asks a shell more often than it takes one (an <c>=</c> in the first words, a <c>~</c> in double quotes, an escaped
/// double quote). When a line means nothing to a shell but words, they are handed over directly: what the plugin sees is the
/// same.</para>
/// </summary>
public static class CommandLineParser
{
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:,%@+^#]{}!"u8);

    private static readonly SearchValues<byte> EndsQuotedRun = SearchValues.Create("\"\\$`"u8);

    private static readonly SearchValues<byte> NameCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);

    /// <summary>Takes a command line apart.</summary>
    public static CommandLine Parse(ReadOnlySpan<byte> commandLine)
    {
        var buffer = new CommandLineBuffer();
        var reason = Parse(commandLine, buffer);
        if (reason != ShellReason.None)
        {
            return new CommandLine(reason, [], []);
        }

        var words = new ReadOnlyMemory<byte>[buffer.Count];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = buffer.Word(i).ToArray();
        }

        return new CommandLine(reason, words[..buffer.Assignments], words[buffer.Assignments..]);
    }

    /// <summary>The same into a buffer that is used again; its content is without meaning when a shell is needed.</summary>
    internal static ShellReason Parse(ReadOnlySpan<byte> line, CommandLineBuffer words)
    {
        words.Clear(line.Length);
        if (DirectWords.TryRead(line, words))
        {
            return ShellReason.None;
        }

        words.Clear(line.Length);
        var position = 0;
        while (true)
        {
            var start = position;
            while (position < line.Length && IsBlank(line[position]))
            {
                position++;
            }

            if (position == line.Length)
            {
                break;
            }

            if (line[start..position].IndexOfAny((byte)'\r', (byte)'\n') >= 0)
            {
                return ShellReason.JobControl;
            }

            var reason = line[position] is (byte)'#' or (byte)'!' or (byte)'{' or (byte)'}'
                ? ShellReason.ReservedWord
                : ReadWord(line, ref position, words);
            if (reason != ShellReason.None)
            {
                return reason;
            }
        }

        return words.Count > 0 && words.Assignments == words.Count ? ShellReason.OnlyAssignments : ShellReason.None;
    }

    private static ShellReason ReadWord(ReadOnlySpan<byte> line, ref int position, CommandLineBuffer words)
    {
        var start = position;
        var isAssignment = false;
        words.BeginWord();
        while (position < line.Length && !IsBlank(line[position]))
        {
            var rest = line[position..];
            var plain = rest.IndexOfAnyExcept(Plain);
            plain = plain < 0 ? rest.Length : plain;
            words.Append(rest[..plain]);
            position += plain;
            if (plain == rest.Length || IsBlank(rest[plain]))
            {
                break;
            }

            var special = rest[plain];
            var reason = ShellReason.None;
            switch (special)
            {
                case (byte)'\'':
                    reason = ReadSingleQuoted(line, ref position, words);
                    break;
                case (byte)'"':
                    reason = ReadDoubleQuoted(line, ref position, words);
                    break;
                case (byte)'\\':
                    // A backslash that ends the line stands for itself, as in a shell.
                    position += position + 1 < line.Length ? 1 : 0;
                    words.Append(line[position++]);
                    break;
                default:
                    reason = ReasonFor(special, line, position);
                    isAssignment |= special == '=' && IsName(line[start..position]);
                    words.Append(special);
                    position++;
                    break;
            }

            if (reason != ShellReason.None)
            {
                return reason;
            }
        }

        words.EndWord(isAssignment);
        return ShellReason.None;
    }

    private static ShellReason ReadSingleQuoted(ReadOnlySpan<byte> line, ref int position, CommandLineBuffer words)
    {
        var rest = line[(position + 1)..];
        var length = rest.IndexOf((byte)'\'');
        if (length < 0)
        {
            return ShellReason.UnbalancedSingleQuote;
        }

        words.Append(rest[..length]);
        position += length + 2;
        return ShellReason.None;
    }

    private static ShellReason ReadDoubleQuoted(ReadOnlySpan<byte> line, ref int position, CommandLineBuffer words)
    {
        position++;
        while (true)
        {
            var run = line[position..].IndexOfAny(EndsQuotedRun);
            if (run < 0)
            {
                return ShellReason.UnbalancedDoubleQuote;
            }

            words.Append(line.Slice(position, run));
            position += run;
            switch (line[position])
            {
                case (byte)'"':
                    position++;
                    return ShellReason.None;
                case (byte)'\\':
                    var escapes = position + 1 < line.Length && EndsQuotedRun.Contains(line[position + 1]);
                    position += escapes ? 1 : 0;
                    words.Append(line[position++]);
                    break;
                default:
                    return ReasonFor(line[position], line, position);
            }
        }
    }

    private static ShellReason ReasonFor(byte special, ReadOnlySpan<byte> line, int position) => special switch
    {
        (byte)'|' or (byte)'<' or (byte)'>' => ShellReason.Redirection,
        (byte)'&' or (byte)';' => ShellReason.JobControl,
        (byte)'(' or (byte)')' => ShellReason.Subshell,
        (byte)'*' or (byte)'?' or (byte)'[' => ShellReason.Wildcard,
        (byte)'~' => ShellReason.Variable,
        (byte)'`' => ShellReason.CommandSubstitution,
        (byte)'$' => position + 1 < line.Length && line[position + 1] == '('
            ? ShellReason.CommandSubstitution
            : ShellReason.Variable,
        _ => ShellReason.None,
    };

    /// <summary>Whether all of this, as it stands in the line, is the name of a variable: quotes make it none.</summary>
    private static bool IsName(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && !char.IsAsciiDigit((char)text[0]) && text.IndexOfAnyExcept(NameCharacters) < 0;

    internal static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
