namespace Compeer.Livestatus.Log;

/// <summary>What kind of thing a line tells of: the numbers of the column <c>class</c>, as naemon-livestatus gives them.</summary>
public enum LogClass
{
    /// <summary>Anything else.</summary>
    Info = 0,

    /// <summary>A state, a downtime, flapping or an acknowledgement began or ended.</summary>
    Alert = 1,

    /// <summary>The program started, stopped, or began a file.</summary>
    Program = 2,

    /// <summary>A contact was told of something.</summary>
    Notification = 3,

    /// <summary>A result came from outside.</summary>
    PassiveCheck = 4,

    /// <summary>Somebody gave a command.</summary>
    Command = 5,

    /// <summary>A state as it was when the file or the program began.</summary>
    State = 6,
}
