namespace Compeer.Daemon.Platform;

/// <summary>Exit codes of <c>mond</c>.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>A configuration error, or the daemon could not start or go on.</summary>
    public const int Failure = 1;

    /// <summary>The command line makes no sense.</summary>
    public const int Usage = 2;
}
