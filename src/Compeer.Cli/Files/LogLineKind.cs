namespace Compeer.Cli.Files;

/// <summary>What a line of the monitoring log is about.</summary>
[Flags]
internal enum LogLineKind
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The program itself, and what is of no other kind.</summary>
    Process = 1,

    /// <summary>A state changed.</summary>
    Alert = 2,

    /// <summary>A state as the program or the file began with.</summary>
    Initial = 4,

    /// <summary>A contact was told, or nobody was.</summary>
    Notification = 8,

    /// <summary>An external command.</summary>
    Command = 16,

    /// <summary>A downtime began or ended.</summary>
    Downtime = 32,

    /// <summary>Flapping began or ended.</summary>
    Flapping = 64,

    /// <summary>An event handler was run.</summary>
    Handler = 128,

    /// <summary>A file of the log began.</summary>
    Rotation = 256,

    /// <summary>All of them.</summary>
    All = 511,
}
