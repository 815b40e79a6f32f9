namespace Compeer.Engine.Model;

/// <summary>What a node does about an object. Most often who does one does the other; pollers can leave the second to their masters.
/// </summary>
[Flags]
public enum Duties
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It owns it: runs its checks, and decides what follows from their results.</summary>
    Checks = 1,

    /// <summary>It sends what is to be told about it.</summary>
    Sending = 2,

    /// <summary>Both.</summary>
    All = Checks | Sending,
}
