namespace Compeer.Livestatus.Scope;

/// <summary>Whom a service or a group is shown to.</summary>
public enum AuthorizationMode
{
    /// <summary>A service: also contacts of its host. A group: contacts of any of its members.</summary>
    Loose,

    /// <summary>A service: its own contacts only. A group: contacts of all its members.</summary>
    Strict,
}
