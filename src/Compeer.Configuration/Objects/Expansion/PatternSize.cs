namespace Compeer.Configuration.Objects.Expansion;

/// <summary>How many characters a regular expression has when its counted repetitions are written out.</summary>
internal static class PatternSize
{
    /// <summary>More than this is as good as endless; keeps the sums from overflowing.</summary>
    private const long Most = 1L << 40;

    public static long Of(string pattern)
    {
        var outer = new Stack<long>();
        long size = 0;
        long last = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '(':
                    outer.Push(size + last);
                    (size, last) = (0, 0);
                    break;
                case ')' when outer.Count > 0:
                    last = size + last;
                    size = outer.Pop();
                    break;
                case '{':
                    last = Math.Min(last * Math.Max(1, Count(pattern, ref i)), Most);
                    break;
                default:
                    i = End(pattern, i);
                    size = Math.Min(size + last, Most);
                    last = 1;
                    break;
            }
        }

        return size + last + outer.Sum();
    }

    /// <summary>The last character of an escape or of a bracket expression, which count as one.</summary>
    private static int End(string pattern, int i)
    {
        if (pattern[i] == '\\')
        {
            return i + 1;
        }

        if (pattern[i] != '[')
        {
            return i;
        }

        do
        {
            i += pattern[i] == '\\' ? 2 : 1;
        }
        while (i < pattern.Length && pattern[i] != ']');
        return i;
    }

    /// <summary>The largest number in <c>{m,n}</c>.</summary>
    private static long Count(string pattern, ref int i)
    {
        long largest = 0;
        long number = 0;
        for (i++; i < pattern.Length && pattern[i] != '}'; i++)
        {
            number = char.IsAsciiDigit(pattern[i]) ? Math.Min((number * 10) + (pattern[i] - '0'), Most >> 20) : 0;
            largest = Math.Max(largest, number);
        }

        return largest;
    }
}
