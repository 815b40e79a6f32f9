using Compeer.Platform.Errors;

namespace Compeer.Cli.Outcome;

/// <summary>
/// Ends a command with exit code 1 and one line for people. Thrown by helpers that do I/O, caught in one place.
/// </summary>
internal sealed class MonException(string message) : Exception(message)
{
    /// <summary>What went wrong with a file, in one line.</summary>
    public static MonException FromFile(string path, Exception cause) => new(cause switch
    {
        UnauthorizedAccessException when Directory.Exists(path) => $"{path} is a directory",
        UnauthorizedAccessException => $"permission denied: {path}",
        FileNotFoundException or DirectoryNotFoundException => $"no such file: {path}",
        _ => $"{path}: {SystemError.Words(cause)}",
    });
}
