using Compeer.Cli.Outcome;

namespace Compeer.Cli.Files;

/// <summary>A path that a configuration file of the form <c>name = value</c> sets.</summary>
internal static class PathSetting
{
    /// <summary>The last value of a line, from the folder of the file on; null when the file or the line is not there.</summary>
    /// <exception cref="MonException">The file cannot be read.</exception>
    public static string? In(string file, string name)
    {
        try
        {
            return File.ReadLines(file)
                .Select(line => line.Split('=', 2))
                .Where(parts => parts.Length == 2 && parts[0].Trim() == name)
                .Select(parts => Path.GetFullPath(parts[1].Trim().TrimEnd('/'), Path.GetDirectoryName(file)!))
                .LastOrDefault();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MonException.FromFile(file, e);
        }
    }
}
