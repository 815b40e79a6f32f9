namespace Compeer.Engine.Model;

/// <summary>What a command other than a check is run for. The kind decides its lane, and who looks at how it ended.</summary>
public enum CommandKind
{
    /// <summary>Tells a contact something.</summary>
    Notification = 1,

    /// <summary>Follows a change of state.</summary>
    EventHandler = 2,

    /// <summary>Follows a result (<c>ocsp_command</c>, <c>ochp_command</c>).</summary>
    Obsession = 3,

    /// <summary>Is given the performance data of a result.</summary>
    PerformanceData = 4,

    /// <summary>Is given a file of performance data, which is closed meanwhile.</summary>
    PerformanceFile = 5,
}
