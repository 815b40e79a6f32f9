namespace Compeer.Execution.Processes;

/// <summary>
/// The words of a command line as Naemon takes them when it starts the program itself (<c>runcmd_cmd2strv</c>, lib/runcmd.c);
/// anything that makes it ask a shell ends the reading. Mostly a shell would find the same words. Not here:
/// <list type="bullet">
/// <item>a backslash at the end of the line is dropped;</item>
/// <item><c>\"</c> ends double quotes, without a <c>"</c>; until the next character a blank does not end the word, and a quote is
/// an ordinary character: <c>"c:\"</c> is <c>c:</c>;</item>
/// <item>the values of assignments before the program keep their backslashes, and characters that mean something to a shell.</item>
/// </list>
/// </summary>
internal static class DirectWords
{
    private enum Place
    {
        Before,
        InName,
        InValue,
    }

    /// <summary>Reads the words; false when Naemon would ask a shell, or when there is no program.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, CommandLineBuffer words)
    {
        var start = ReadAssignments(line, words);
        return TryReadCommand(line, start, words) && words.Count > words.Assignments;
    }

    /// <summary>Reads whole assignments and gives where the command begins, a blank when there were any.</summary>
    private static int ReadAssignments(ReadOnlySpan<byte> line, CommandLineBuffer words)
    {
        var start = 0;
        var place = Place.Before;
        byte quote = 0;
        for (var i = 0; i < line.Length; i++)
        {
            var value = line[i];
            if (value == quote)
            {
                quote = 0;
            }
            else if (value is (byte)'\'' or (byte)'"' && quote == 0)
            {
                quote = value;
            }
            else if (value == '$' && quote != '\'')
            {
                break;
            }
            else if (quote != 0 || place == Place.InValue)
            {
                if (quote == 0 && CommandLineParser.IsBlank(value))
                {
                    words.EndWord(isAssignment: true);
                    place = Place.Before;
                    start = i;
                }
                else if (place != Place.Before)
                {
                    words.Append(value);
                }
            }
            else if (!TryGoOn(value, ref place, words))
            {
                break;
            }
        }

        if (place != Place.Before)
        {
            words.AbandonWord();
        }

        return start;
    }

    /// <summary>Takes a byte outside of quotes before or in a name; false when there is no assignment here.</summary>
    private static bool TryGoOn(byte value, ref Place place, CommandLineBuffer words)
    {
        if (place == Place.Before)
        {
            if (char.IsAsciiLetter((char)value) || value == '_')
            {
                words.BeginWord();
                words.Append(value);
                place = Place.InName;
                return true;
            }

            return value == '=' || CommandLineParser.IsBlank(value);
        }

        if (value != '=' && value != '_' && !char.IsAsciiLetterOrDigit((char)value))
        {
            return false;
        }

        words.Append(value);
        place = value == '=' ? Place.InValue : place;
        return true;
    }

    private static bool TryReadCommand(ReadOnlySpan<byte> line, int start, CommandLineBuffer words)
    {
        byte quote = 0;
        var isInWord = false;
        var isEscaped = false;
        var hasSeenBlank = false;
        for (var i = start; i < line.Length; i++)
        {
            var value = line[i];
            if (NeedsShell(value, quote, isEscaped, hasSeenBlank))
            {
                return false;
            }

            if (CommandLineParser.IsBlank(value) && quote == 0)
            {
                if (isInWord && !isEscaped)
                {
                    words.EndWord(isAssignment: false);
                    isInWord = false;
                }
                else
                {
                    hasSeenBlank = true;
                }

                continue;
            }

            hasSeenBlank |= CommandLineParser.IsBlank(value);
            if (!isInWord)
            {
                words.BeginWord();
                isInWord = true;
            }

            if (value is (byte)'\'' or (byte)'"' && (quote == value || (quote == 0 && !isEscaped)))
            {
                quote = quote == 0 ? value : (byte)0;
                continue;
            }

            if (value == '\\' && quote == '"' && !isEscaped && i + 1 < line.Length && IsEscapedInQuotes(line[i + 1]))
            {
                isEscaped = true;
                continue;
            }

            if (value == '\\' && quote == 0 && !isEscaped)
            {
                i++;
            }

            if (i < line.Length)
            {
                words.Append(line[i]);
            }

            isEscaped = false;
        }

        if (isInWord)
        {
            words.EndWord(isAssignment: false);
        }

        return quote == 0;
    }

    private static bool NeedsShell(byte value, byte quote, bool isEscaped, bool hasSeenBlank) => (char)value switch
    {
        '|' or '&' or ';' or '(' or ')' or '*' or '?' or '<' or '>' => quote == 0,
        '~' => quote != '\'',
        '`' or '$' => quote != '\'' && !isEscaped,
        '=' => quote == 0 && !hasSeenBlank,
        _ => false,
    };

    private static bool IsEscapedInQuotes(byte value) => value is (byte)'"' or (byte)'\\' or (byte)'$' or (byte)'`';
}
