namespace Compeer.Daemon.Platform;

/// <summary>The last place where something can be said. It may be a file on the very disk that is full, or closed: that
/// must not end whoever has something to say.</summary>
internal static class StandardError
{
    public static void Write(string line)
    {
        try
        {
            Console.Error.WriteLine(line);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // There is nowhere left to say it.
        }
    }
}
