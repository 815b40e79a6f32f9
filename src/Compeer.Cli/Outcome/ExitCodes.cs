namespace Compeer.Cli.Outcome;

/// <summary>Exit codes of <c>mon</c>; they are part of its interface and shown by its help.</summary>
internal static class ExitCodes
{
    /// <summary>Done, or the answer is yes.</summary>
    public const int Success = 0;

    /// <summary>It failed, or the answer is no.</summary>
    public const int Failure = 1;

    /// <summary>The command line makes no sense.</summary>
    public const int Usage = 2;

    /// <summary><c>mon status</c>: not running, as the Linux Standard Base has it for init scripts.</summary>
    public const int NotRunning = 3;

    /// <summary><c>mon node ctrl</c>: only nodes that are not to be connected were chosen, as Merlin has it.</summary>
    public const int NobodyToAsk = 3;

    /// <summary>Ended by Ctrl-C, as a shell counts it (128 + SIGINT).</summary>
    public const int Interrupted = 130;
}
