namespace Compeer.Engine.Model;

/// <summary>What a command other than a check is run for. The kind decides its lane, and who looks at how it ended.</summary>
public enum CommandKind
{
    /// <summary>Tells a contact something.</summary>
    Notification = 1,

    /// <summary>Follows a change of state.</summary>
    EventHandler = 2,
}
