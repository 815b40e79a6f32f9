namespace Compeer.Configuration.Main;

/// <summary>Paths as text: the files behind them are not looked at.</summary>
internal static class ConfigurationPath
{
    /// <summary>The folder of a file; <c>.</c> when its name has none.</summary>
    public static string FolderOf(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? "." : slash == 0 ? "/" : path[..slash];
    }

    /// <summary>The path seen from a folder, without <c>.</c>, <c>..</c> and doubled slashes where they can be left
    /// out.</summary>
    public static string Absolute(string folder, string path)
    {
        var whole = path.StartsWith('/') ? path : folder + "/" + path;
        var parts = new List<string>();
        foreach (var part in whole.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != "." && !(part == ".." && whole.StartsWith('/')))
            {
                parts.Add(part);
            }
        }

        var result = string.Join('/', parts);
        return whole.StartsWith('/') ? "/" + result : result.Length == 0 ? "." : result;
    }
}
