namespace Compeer.Configuration.Diagnostics;

/// <summary>Finds what a misspelt name was probably meant to be.</summary>
internal static class Suggestion
{
    private const int LongestName = 128;

    /// <summary>The candidate with the fewest changed, missing, extra or swapped characters; null when none is near or the
    /// comparisons of characters that are left do not suffice.</summary>
    public static string? Nearest(string name, IEnumerable<string> candidates, ref long comparisonsLeft)
    {
        if (name.Length is 0 or > LongestName)
        {
            return null;
        }

        var best = 1 + Math.Min(3, name.Length / 3);
        string? nearest = null;
        foreach (var candidate in candidates)
        {
            comparisonsLeft--;
            if (Math.Abs(candidate.Length - name.Length) >= best || candidate.Length > LongestName)
            {
                continue;
            }

            comparisonsLeft -= candidate.Length * name.Length;
            if (comparisonsLeft <= 0)
            {
                break;
            }

            var distance = string.Equals(name, candidate, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(name, candidate);
            if (distance < best)
            {
                best = distance;
                nearest = candidate;
            }
        }

        return nearest;
    }

    /// <summary>Optimal string alignment distance: Levenshtein's with swaps of neighbours.</summary>
    private static int Distance(string a, string b)
    {
        Span<int> before = stackalloc int[LongestName + 1];
        Span<int> previous = stackalloc int[LongestName + 1];
        Span<int> current = stackalloc int[LongestName + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(change, 1 + Math.Min(previous[j], current[j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
                }
            }

            var oldest = before;
            before = previous;
            previous = current;
            current = oldest;
        }

        return previous[b.Length];
    }
}
