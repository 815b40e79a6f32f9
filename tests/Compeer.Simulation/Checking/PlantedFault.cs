namespace Compeer.Simulation.Checking;

/// <summary>A fault that the harness plants, to show that the checker which looks for it can fail. The product knows nothing of
/// it.</summary>
internal enum PlantedFault
{
    None,

    /// <summary>The harness swallows every check of one object.</summary>
    CheckLeftOut,

    /// <summary>The harness reports one check as started at a second peer too.</summary>
    CheckTwice,

    /// <summary>The harness reports each check as started again at another peer, a moment after it ended.</summary>
    CheckAgain,

    /// <summary>The harness shows all peers as owners of one object, whatever they say themselves.</summary>
    OwnedTwice,

    /// <summary>The harness swallows every check of the first peer.</summary>
    IdlePeer,

    /// <summary>The harness shows the first peer's state of one object as it was before its first check.</summary>
    OldState,

    /// <summary>The harness keeps nothing on its disks.</summary>
    NothingKept,

    /// <summary>The harness carries out what is to be sent before what is to be kept.</summary>
    SendBeforePersist,

    /// <summary>The harness carries out what is to be done before all else.</summary>
    ActBeforePersist,

    /// <summary>The harness answers before all else.</summary>
    AnswerBeforeSend,

    /// <summary>The harness shows the first peer without its comments.</summary>
    EntryHidden,

    /// <summary>The harness shows all peers without the first comment that was given.</summary>
    EntryLost,

    /// <summary>The harness runs no command of a notification.</summary>
    NotificationSwallowed,

    /// <summary>The harness reports each notification as sent by a second peer, too.</summary>
    NotificationTwice,

    /// <summary>The harness reports each notification about an object of pollers that leave it to their masters as sent by a poller.
    /// </summary>
    SilentPollerTells,

    /// <summary>The harness shows the log of the first peer without what happened.</summary>
    LineHidden,

    /// <summary>The harness shows the log of the second peer with each line twice.</summary>
    LineTwice,

    /// <summary>The harness takes each result from outside for confirmed as soon as it is given.</summary>
    ConfirmedAtOnce,
}
