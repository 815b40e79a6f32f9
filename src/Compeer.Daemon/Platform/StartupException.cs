namespace Compeer.Daemon.Platform;

/// <summary>The daemon cannot start, for a reason that its operator can mend; the message is shown as it is.</summary>
internal sealed class StartupException : Exception
{
    public StartupException(string message)
        : base(message)
    {
    }

    public StartupException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
