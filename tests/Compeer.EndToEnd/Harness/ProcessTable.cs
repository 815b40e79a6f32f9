using System.Globalization;

namespace Compeer.EndToEnd.Harness;

/// <summary>What /proc tells about processes.</summary>
internal static class ProcessTable
{
    /// <summary>Processes that have not ended and whose command line or environment contains <paramref name="text"/>.</summary>
    public static IReadOnlyList<(int Pid, string CommandLine)> Mentioning(string text)
    {
        var found = new List<(int Pid, string CommandLine)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                || pid == Environment.ProcessId)
            {
                continue;
            }

            var commandLine = Read($"{folder}/cmdline").Replace('\0', ' ');
            if (commandLine.Contains(text, StringComparison.Ordinal)
                || Read($"{folder}/environ").Contains(text, StringComparison.Ordinal))
            {
                found.Add((pid, commandLine));
            }
        }

        return found;
    }

    /// <summary>Whether a process is there and has not ended.</summary>
    public static bool IsAlive(int pid)
    {
        var stat = Read($"/proc/{pid}/stat");
        var state = stat.LastIndexOf(')') + 2;
        return stat.Length > state && stat[state] is not ('Z' or 'X');
    }

    /// <summary>Memory in use by a process, in bytes (resident set).</summary>
    public static long ResidentBytes(int pid)
    {
        string? line = Read($"/proc/{pid}/status").Split('\n').FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return line is null
            ? throw new InvalidOperationException($"process {pid} is gone")
            : long.Parse(line["VmRSS:".Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>Open descriptors of a process.</summary>
    public static int Descriptors(int pid) => Directory.GetFileSystemEntries($"/proc/{pid}/fd").Length;

    /// <summary>Empty when the process is gone or another user's.</summary>
    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
