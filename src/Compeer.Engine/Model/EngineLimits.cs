namespace Compeer.Engine.Model;

/// <summary>The limits of the engine, in one place.</summary>
public static class EngineLimits
{
    /// <summary>Longest command line after macros, bytes. Linux takes no longer single argument (MAX_ARG_STRLEN), and a
    /// command that needs a shell is one argument of it.</summary>
    public const int CommandLine = 128 * 1024 - 1;

    /// <summary>Most of each of output, long output and performance data that is kept, bytes.</summary>
    public const int TextPart = 64 * 1024;

    /// <summary>Most of a plugin's output that goes into a line of the log, bytes.</summary>
    public const int LoggedOutput = 8 * 1024;

    /// <summary>Command arguments, <c>$ARG1$</c> to <c>$ARG32$</c> (Naemon <c>MAX_COMMAND_ARGUMENTS</c>).</summary>
    public const int Arguments = 32;

    /// <summary>User macros, <c>$USER1$</c> to <c>$USER256$</c> (Naemon <c>MAX_USER_MACROS</c>).</summary>
    public const int UserMacros = 256;

    /// <summary>Requests to other peers that are remembered, so that none is asked twice in a moment; beyond that all are
    /// forgotten.</summary>
    public const int RememberedRequests = 4096;

    /// <summary>Most comments, those of downtimes and acknowledgements included.</summary>
    public const int Comments = 100_000;

    /// <summary>Most downtimes.</summary>
    public const int Downtimes = 50_000;

    /// <summary>Longest author of a comment, a downtime or an acknowledgement, characters.</summary>
    public const int EntryAuthor = 256;

    /// <summary>Longest text of one, characters.</summary>
    public const int EntryText = 8_192;

    /// <summary>Shortest time between two starts of one check: a configuration that says less (an interval_length of one
    /// and a tiny check_interval, say) must not keep the loop busy with a single object.</summary>
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(100);
}
