namespace Compeer.Cluster.Model;

/// <summary>How this node is connected to another: Merlin's states, with catching up between connected and active.</summary>
public enum NodeLinkState
{
    /// <summary>Not connected.</summary>
    Down = 0,

    /// <summary>A connection is being made or greeted.</summary>
    Connecting = 1,

    /// <summary>Connected; this node is catching up with what it has.</summary>
    Syncing = 2,

    /// <summary>Connected and caught up.</summary>
    Active = 3,
}
