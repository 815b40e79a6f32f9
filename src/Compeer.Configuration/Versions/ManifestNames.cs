using Compeer.Configuration.Text;

namespace Compeer.Configuration.Versions;

/// <summary>
/// Which names a manifest may have: it comes from another machine, and what it names is written to the disk.
/// </summary>
public static class ManifestNames
{
    /// <summary>The longest name, bytes (PATH_MAX without the terminator).</summary>
    public const int MaxBytes = 4_095;

    private const int MaxPartBytes = 255;

    /// <summary>What is wrong with a name; empty when nothing is.</summary>
    public static string Problem(string name)
    {
        var path = name.StartsWith('/') ? name[1..] : name;
        return ConfigurationText.Encode(name).Length > MaxBytes ? $"has more than {MaxBytes} bytes"
            : name.AsSpan().ContainsAnyInRange('\0', '\x1F') || name.Contains('\x7F') ? "has control characters"
            : path.Split('/').Select(ProblemOfPart).FirstOrDefault(problem => problem.Length > 0) ?? "";
    }

    private static string ProblemOfPart(string part) => part switch
    {
        "" => "has an empty part",
        "." or ".." => $"has the part '{part}', which leads elsewhere",
        _ when ConfigurationText.Encode(part).Length > MaxPartBytes => $"has a part of more than {MaxPartBytes} bytes",
        _ => "",
    };
}
