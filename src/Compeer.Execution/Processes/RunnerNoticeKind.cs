namespace Compeer.Execution.Processes;

/// <summary>What a runner has to say beside results.</summary>
public enum RunnerNoticeKind
{
    /// <summary>A plugin was killed at its time limit and runs on: another user's, or one in an uninterruptible system call. It takes no
    /// place. The number is its process id.</summary>
    CannotBeKilled = 0,

    /// <summary>None that could not be killed is left.</summary>
    AllKilled = 1,

    /// <summary>A program does not start: its file system does not answer. Only its own checks wait for it.</summary>
    StartHangs = 2,

    /// <summary>A program that did not start has started, or was refused.</summary>
    StartReturned = 3,

    /// <summary>The system has no room for another process or descriptor; starts wait. The number is the errno.</summary>
    StartsWait = 4,

    /// <summary>There is room again.</summary>
    StartsGoOn = 5,
}
