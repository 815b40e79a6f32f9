using System.Text;

namespace Compeer.Configuration.Synchronisation;

/// <summary>Which names and links of a tree are kept the same, wherever they come from.</summary>
public static class FileNames
{
    /// <summary>How the names begin under which files are written before they take their place; they belong to no tree.</summary>
    public const string UnfinishedPrefix = ".compeer-sync-";

    /// <summary>The most bytes of one part of a name, as file systems have it.</summary>
    public const int MaxPartBytes = 255;

    /// <summary>The most characters of a whole name, and of where a link leads.</summary>
    public const int MaxLength = 1_024;

    /// <summary>The most folders in each other.</summary>
    public const int MaxDepth = 32;

    /// <summary>What is wrong with a name inside of a tree; empty when nothing is.</summary>
    public static string Problem(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length > MaxLength)
        {
            return $"a name of {name.Length} characters; at most {MaxLength} are taken";
        }

        var parts = name.Split('/');
        return parts.Length > MaxDepth ? $"a name with {parts.Length} folders in each other; at most {MaxDepth} are taken"
            : parts.Select(ProblemOfPart).FirstOrDefault(problem => problem.Length > 0) ?? "";
    }

    /// <summary>What is wrong with where a link leads; empty when it stays inside of the tree.</summary>
    /// <param name="name">The link's name in the tree.</param>
    /// <param name="target">Where it leads, as it is written.</param>
    public static string ProblemOfLink(string name, string target)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(target);
        if (target.Length is 0 or > MaxLength || target.Any(char.IsControl) || target.StartsWith('/'))
        {
            return "leads out of it";
        }

        var depth = name.Count(letter => letter == '/');
        foreach (var part in target.Split('/'))
        {
            depth += part switch { ".." => -1, "" or "." => 0, _ => 1 };
            if (depth < 0)
            {
                return "leads out of it";
            }
        }

        return "";
    }

    private static string ProblemOfPart(string part) =>
        part is "" or "." or ".." ? "a name that leads elsewhere"
        : part.Any(letter => char.IsControl(letter) || letter == '\uFFFD' || char.IsSurrogate(letter) && !IsPaired(part))
            ? "a name with characters that are no text"
        : Encoding.UTF8.GetByteCount(part) > MaxPartBytes ? $"a name with a part of more than {MaxPartBytes} bytes"
        : part.StartsWith(UnfinishedPrefix, StringComparison.Ordinal) ? "a name that unfinished files have"
        : "";

    private static bool IsPaired(string part)
    {
        for (var i = 0; i < part.Length; i++)
        {
            if (char.IsHighSurrogate(part[i]) && i + 1 < part.Length && char.IsLowSurrogate(part[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(part[i]))
            {
                return false;
            }
        }

        return true;
    }
}
