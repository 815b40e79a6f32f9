using System.Globalization;

namespace Compeer.Platform.Processes;

/// <summary>
/// What the .NET runtime puts into the folder for temporary files before Main: a socket and two pipes for debuggers. A process
/// that is killed leaves them there for ever, and the one setting against them is a variable of the environment, which is read
/// before Main, too. Nobody finds what has no name: who wants to look into the process sets the variable
/// <see cref="Keep"/>.
/// </summary>
public static class RuntimeTraces
{
    /// <summary>With any value, the files stay.</summary>
    public const string Keep = "MON_DEBUG";

    /// <summary>Removes this process' files.</summary>
    public static void Remove()
    {
        if (Environment.GetEnvironmentVariable(Keep) is null)
        {
            Remove(Path.GetTempPath(), Environment.ProcessId);
        }
    }

    internal static void Remove(string folder, int pid)
    {
        var number = pid.ToString(CultureInfo.InvariantCulture);
        try
        {
            foreach (var pattern in (string[])[$"clr-debug-pipe-{number}-*", $"dotnet-diagnostic-{number}-*"])
            {
                foreach (var file in Directory.EnumerateFiles(folder, pattern))
                {
                    File.Delete(file);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be read, or two that remove: there is nothing to mend, and nothing depends on it.
        }
    }
}
