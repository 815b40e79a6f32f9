namespace Compeer.Engine.Model;

/// <summary>What an operator can change of a host or service while the program runs (Naemon's modified attributes). Numbers are
/// stable: they are stored and sent, each setting in a register of its own.</summary>
public enum OperatorSetting
{
    /// <summary>Whether it is checked by schedule; a switch.</summary>
    ActiveChecks = 1,

    /// <summary>Results in a row that make a problem hard; a number from 1.</summary>
    MaxCheckAttempts = 2,

    /// <summary>The time between checks; ticks, 0 for none.</summary>
    CheckInterval = 3,

    /// <summary>The time between checks in a soft problem; ticks.</summary>
    RetryInterval = 4,

    /// <summary>When checks may run; the name of a time period.</summary>
    CheckPeriod = 5,

    /// <summary>What is run to check it; a command's name and its arguments, as in the configuration.</summary>
    CheckCommand = 6,

    /// <summary>Whether flapping of it is detected; a switch.</summary>
    FlapDetection = 7,

    /// <summary>Whether results from outside are taken; a switch.</summary>
    PassiveChecks = 8,

    /// <summary>Whether its event handler is run; a switch.</summary>
    EventHandlerEnabled = 20,

    /// <summary>What is run at changes of its state; a command's name and its arguments, as in the configuration.</summary>
    EventHandler = 21,

    /// <summary>Whether the obsessing command is run for its results; a switch.</summary>
    Obsession = 22,

    /// <summary>Whether notifications about it are sent; a switch.</summary>
    Notifications = 60,

    /// <summary>When notifications about it may be sent; the name of a time period.</summary>
    NotificationPeriod = 61,
}
