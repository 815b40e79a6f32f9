namespace Compeer.Configuration.Diagnostics;

/// <summary>Finds what somebody probably meant to write.</summary>
public static class SimilarName
{
    /// <summary>Longer words are not compared: nobody mistypes one.</summary>
    private const int LongestName = 128;

    /// <summary>
    /// The candidate nearest to a word, by the number of letters to change, add, drop or swap with the next, without regard to
    /// case; null when none is near (more than a third of the word's letters, or more than 3).
    /// </summary>
    public static string? Find(string word, IEnumerable<string> candidates)
    {
        var comparisonsLeft = long.MaxValue;
        return Find(word, candidates, ref comparisonsLeft);
    }

    /// <summary>
    /// A part of a sentence that offers the nearest candidate, beginning with a blank; empty when none is near.
    /// </summary>
    public static string Hint(string word, IEnumerable<string> candidates) => Hint(Find(word, candidates));

    /// <summary>The part of a sentence that offers a name; empty when there is none.</summary>
    internal static string Hint(string? name) => name is null ? "" : $" (did you mean \"{name}\"?)";

    /// <summary>As the other one; null as well when the comparisons of characters that are left do not suffice.</summary>
    internal static string? Find(string word, IEnumerable<string> candidates, ref long comparisonsLeft)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(candidates);
        if (word.Length is 0 or > LongestName)
        {
            return null;
        }

        string? best = null;
        var bestDistance = Math.Min(3, Math.Max(1, word.Length / 3)) + 1;
        foreach (var candidate in candidates)
        {
            comparisonsLeft--;
            if (Math.Abs(candidate.Length - word.Length) >= bestDistance || candidate.Length > LongestName)
            {
                continue;
            }

            comparisonsLeft -= candidate.Length * word.Length;
            if (comparisonsLeft <= 0)
            {
                break;
            }

            var distance = Distance(word, candidate);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>Optimal string alignment distance (Levenshtein's with swaps of neighbours), without regard to case.</summary>
    private static int Distance(string left, string right)
    {
        Span<int> beforeLast = stackalloc int[LongestName + 1];
        Span<int> last = stackalloc int[LongestName + 1];
        Span<int> current = stackalloc int[LongestName + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = Same(left[i - 1], right[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], last[j]) + 1, last[j - 1] + change);
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                {
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
                }
            }

            var oldest = beforeLast;
            beforeLast = last;
            last = current;
            current = oldest;
        }

        return last[right.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
