using System.Text;

namespace Compeer.Tests.Repository;

/// <summary>
/// C# with the inside of every comment, string and character blanked, so that what is left can be searched by simple
/// means: the same length, the same lines. No parser of the language; enough for rules about its shape.
/// </summary>
internal static class CSharpText
{
    public static string Blank(string code)
    {
        var blanked = new StringBuilder(code);
        var position = 0;
        SkipCode(code, blanked, ref position, insideHole: false);
        return blanked.ToString();
    }

    // Reads code to the end, or, inside the hole of an interpolated string, to the brace that closes it.
    private static void SkipCode(string code, StringBuilder blanked, ref int position, bool insideHole)
    {
        var depth = 0;
        while (position < code.Length)
        {
            var rest = code.AsSpan(position);
            if (rest.StartsWith("//"))
            {
                BlankTo(code, blanked, ref position, IndexOr(code, "\n", position));
            }
            else if (rest.StartsWith("/*"))
            {
                BlankTo(code, blanked, ref position, IndexOr(code, "*/", position + 2) + 2);
            }
            else if (rest[0] == '\'')
            {
                var end = rest.Length > 1 && rest[1] == '\\' ? position + 3 : position + 2;
                BlankTo(code, blanked, ref position, IndexOr(code, "'", end) + 1);
            }
            else if (rest[0] is '"' or '$' or '@' && TrySkipString(code, blanked, ref position))
            {
                continue;
            }
            else if (insideHole && rest[0] == '}' && depth == 0)
            {
                return;
            }
            else
            {
                depth += rest[0] == '{' ? 1 : rest[0] == '}' ? -1 : 0;
                position++;
            }
        }
    }

    private static bool TrySkipString(string code, StringBuilder blanked, ref int position)
    {
        var prefix = position;
        while (prefix < code.Length && code[prefix] is '$' or '@')
        {
            prefix++;
        }

        if (prefix >= code.Length || code[prefix] != '"')
        {
            return false;
        }

        var marks = code.AsSpan(position, prefix - position);
        var quotes = code.AsSpan(prefix).IndexOfAnyExcept('"');
        quotes = quotes < 0 ? code.Length - prefix : quotes;
        if (quotes >= 3)
        {
            var fence = new string('"', quotes);
            BlankTo(code, blanked, ref position, IndexOr(code, fence, prefix + quotes) + quotes);
            return true;
        }

        var verbatim = marks.Contains('@');
        var interpolated = marks.Contains('$');
        BlankTo(code, blanked, ref position, prefix + 1);
        SkipStringBody(code, blanked, ref position, verbatim, interpolated);
        return true;
    }

    private static void SkipStringBody(string code, StringBuilder blanked, ref int position, bool verbatim, bool interpolated)
    {
        while (position < code.Length)
        {
            var pair = code.AsSpan(position, Math.Min(2, code.Length - position));
            if ((verbatim && pair is "\"\"") || (!verbatim && pair[0] == '\\') || (interpolated && pair is "{{" or "}}"))
            {
                BlankTo(code, blanked, ref position, position + 2);
            }
            else if (interpolated && pair[0] == '{')
            {
                BlankTo(code, blanked, ref position, position + 1);
                SkipCode(code, blanked, ref position, insideHole: true);
            }
            else
            {
                BlankTo(code, blanked, ref position, position + 1);
                if (pair[0] == '"')
                {
                    return;
                }
            }
        }
    }

    private static int IndexOr(string code, string text, int start)
    {
        var index = start < code.Length ? code.IndexOf(text, start, StringComparison.Ordinal) : -1;
        return index < 0 ? code.Length : index;
    }

    private static void BlankTo(string code, StringBuilder blanked, ref int position, int end)
    {
        for (; position < Math.Min(end, code.Length); position++)
        {
            if (code[position] is not ('\n' or '\r'))
            {
                blanked[position] = ' ';
            }
        }
    }
}
