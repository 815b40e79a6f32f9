namespace Compeer.Api;

/// <summary>The states of a node in answers of the daemon.</summary>
public static class NodeStateName
{
    /// <summary>Connected, caught up, and taking its share of the checks.</summary>
    public const string Active = "active";

    /// <summary>Connected and catching up; it takes no share yet. The answering node itself: after it took up a configuration
    /// that others had before it.</summary>
    public const string Syncing = "syncing";

    /// <summary>A connection is being made.</summary>
    public const string Connecting = "connecting";

    /// <summary>Not connected; the others do its checks.</summary>
    public const string Down = "down";

    /// <summary>The answering node is starting and has not begun to check.</summary>
    public const string Starting = "starting";

    /// <summary>The answering node was suspended or stalled and catches up before it acts again.</summary>
    public const string Doubting = "doubting";

    /// <summary>It is stopping on purpose and has handed its checks over.</summary>
    public const string Leaving = "leaving";
}
