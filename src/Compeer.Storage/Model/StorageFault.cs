namespace Compeer.Storage.Model;

/// <summary>What is wrong with a database, as far as it matters for what is to be done.</summary>
public enum StorageFault
{
    /// <summary>It cannot be read or written for now: try again.</summary>
    Unavailable = 1,

    /// <summary>Another program holds it: try again.</summary>
    Locked = 2,

    /// <summary>Its content is damaged: set it aside and begin a new one.</summary>
    Damaged = 3,

    /// <summary>It is of a later version, or of another program: leave it as it is.</summary>
    Foreign = 4,
}
