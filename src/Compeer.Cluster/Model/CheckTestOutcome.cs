namespace Compeer.Cluster.Model;

/// <summary>How the test of a check ended. The numbers go over the wire: append only.</summary>
public enum CheckTestOutcome
{
    /// <summary>It was not made; the answer's text says why.</summary>
    Refused = 1,

    /// <summary>The plugin ended by itself.</summary>
    Exited = 2,

    /// <summary>A signal ended the plugin.</summary>
    Signalled = 3,

    /// <summary>The plugin was killed at the check's time limit.</summary>
    TimedOut = 4,

    /// <summary>The plugin could not be started.</summary>
    NotStarted = 5,
}
